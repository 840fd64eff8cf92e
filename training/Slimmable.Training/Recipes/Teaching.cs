namespace Slimmable.Training;

/// <summary>What the subnets of a step learn from. The widest always learns the labels.</summary>
public enum Teaching
{
    /// <summary>
    /// All but the narrowest learn what the moving average answers at its widest; the narrowest learns the mean of what it answers at the
    /// widths of the step (in-place ensemble bootstrapping, IEB; Li et al., "Dynamic Slimmable Network", CVPR 2021).
    /// </summary>
    Ensemble,

    /// <summary>All learn what the moving average answers at its widest (in-place bootstrapping, IB; the same paper).</summary>
    MovingAverage,

    /// <summary>All learn what the widest itself answers in this step (in-place distillation; Yu and Huang, ICCV 2019).</summary>
    Widest,

    /// <summary>All learn the labels (Yu et al., ICLR 2019).</summary>
    Labels,
}
