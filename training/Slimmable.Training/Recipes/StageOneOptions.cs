namespace Slimmable.Training;

/// <summary>
/// Stage I: one sandwich step runs the teacher, some random subnets and the narrowest, sums their gradients and takes one optimizer step;
/// the network's own moving average teaches (in-place bootstrapping; Li et al., "Dynamic Slimmable Network", CVPR 2021).
/// </summary>
public sealed record StageOneOptions : StageOptions
{
    /// <summary>From 0 up, not applied to one-dimensional tensors; default 1e-4.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Whether the graph's dropout drops in the teacher's pass; the other passes never drop; default true.</summary>
    public bool Dropout { get; init; } = true;

    /// <summary>Random subnets a step, 0..64; default 2.</summary>
    public int RandomSubnets { get; init; } = 2;

    /// <summary>Decay of the moving average that teaches, in [0, 1); default 0.997.</summary>
    public double EmaDecay { get; init; } = 0.997;

    /// <summary>
    /// Whether the narrowest learns from the mean of the moving average's answers at the teacher's and the random widths (IEB), rather than
    /// from the teacher's alone (IB); default true.
    /// </summary>
    public bool Ensemble { get; init; } = true;
}
