namespace Slimmable.Training;

/// <summary>
/// Stage II: sandwich gate sparsification. The supernet is frozen, only the slimming head learns (Li et al., "Dynamic Slimmable Network",
/// CVPR 2021).
/// </summary>
public sealed record StageTwoOptions : StageOptions
{
    /// <summary>From 0 up; default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Of the Gumbel softmax, above 0; default 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// Scale of the Gumbel noise, from 0 up; default 1, the paper's. The cost term holds the cost of what is drawn; what is served is the
    /// argmax. Little noise brings the two together, so that a gate whose scores are close keeps its target all the same.
    /// </summary>
    public double NoiseScale { get; init; } = 1;

    /// <summary>How images are labelled for the gate; default try best.</summary>
    public LabelRule LabelRule { get; init; }

    /// <summary>
    /// Whether the gate's cross-entropy takes a softmax of what is a softmax already, as the DS-Net release does; default false, one softmax.
    /// </summary>
    public bool DoubleSoftmax { get; init; }

    /// <summary>The routable subnets the gate chooses among, as many as it has scores; default the architecture's candidates.</summary>
    public IReadOnlyList<string>? Candidates { get; init; }

    /// <summary>Weight of the cross-entropy between the gate's scores and the sandwich labels, from 0 up; default 1.</summary>
    public double GateWeight { get; init; } = 1;

    /// <summary>
    /// Weight of the cost term <c>(mean cost - target)^2</c>, from 0 up; default 0.5. Costs are parts of the dearest candidate's MAdds. The
    /// release's <c>0.5 * (MAdds / 1e9)^2</c> is a weight of <c>0.5 * (dearest / 1e9)^2</c> and a target of 0.
    /// </summary>
    public double CostWeight { get; init; } = 0.5;

    /// <summary>The mean cost that is aimed at, as a part of the dearest candidate's, in [0, 1]; default 0.</summary>
    public double TargetCost { get; init; }
}
