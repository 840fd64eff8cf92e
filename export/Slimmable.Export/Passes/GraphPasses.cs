namespace Slimmable.Export;

/// <summary>What is done to a plain network before it is lowered.</summary>
internal static class GraphPasses
{
    /// <summary>Every pass, in the order they run. Each keeps the network's meaning.</summary>
    public static IReadOnlyList<Func<PlainNetwork, PlainNetwork>> All { get; } =
    [
        RemoveIdentity.Apply,
        FoldBatchNorm.Apply,
        FillBlocks.Apply,
        SpreadFactors.Apply,
    ];

    /// <summary>Runs them all.</summary>
    public static PlainNetwork Run(PlainNetwork network) => All.Aggregate(network, (current, pass) => pass(current));
}
