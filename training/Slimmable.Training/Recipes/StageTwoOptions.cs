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

    /// <summary>What an image teaches the gate; default try best.</summary>
    public LabelRule LabelRule { get; init; }

    /// <summary>
    /// Whether the gate's cross-entropy takes a softmax of what is a softmax already, as the DS-Net release does; default false, one softmax.
    /// </summary>
    public bool DoubleSoftmax { get; init; }

    /// <summary>The routable subnets the gate chooses among, as many as it has scores; default the architecture's candidates.</summary>
    public IReadOnlyList<string>? Candidates { get; init; }

    /// <summary>Weight of the cross-entropy of the routed answer, through the Gumbel softmax, from 0 up; default 1.</summary>
    public double RoutedWeight { get; init; } = 1;

    /// <summary>
    /// Weight of what the <see cref="LabelRule"/> teaches, from 0 up; default 1: the cross-entropy between scores and labels, or the squared error of the scores,
    /// summed over the candidates.
    /// </summary>
    public double GateWeight { get; init; } = 1;

    /// <summary>
    /// Weight of the cost term <c>(mean cost - target)^2</c>, from 0 up; default 0.5. Costs are parts of the widest routable subnet's MAdds, each with
    /// the gate's head. The release's <c>0.5 * (MAdds / 1e9)^2</c> is a weight of <c>0.5 * (widest / 1e9)^2</c> and a target of 0.
    /// </summary>
    public double CostWeight { get; init; } = 0.5;

    /// <summary>
    /// The mean cost that the gate is to keep, its own included, as a part of the widest routable subnet's, in [0, 1]; default 0, the release's pull towards
    /// less, which keeps nothing. With a target the gate learns from every second training image of a class; the others set its bias, so that what
    /// is routed by the plain argmax costs what was asked for.
    /// </summary>
    public double TargetCost { get; init; }

    /// <summary>
    /// Further mean costs that the same gate can be set to, each by offsets to its scores that are chosen on the same held-out images; default none.
    /// Only with a <see cref="TargetCost"/>.
    /// </summary>
    public IReadOnlyList<double> OtherTargetCosts { get; init; } = [];

    /// <summary>All targets, the gate's own first; empty where there is none.</summary>
    internal IReadOnlyList<double> Targets => TargetCost > 0 ? [TargetCost, .. OtherTargetCosts] : [];
}
