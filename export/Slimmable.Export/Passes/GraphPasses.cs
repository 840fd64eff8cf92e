using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What is done to a plain network before it is lowered.</summary>
internal static class GraphPasses
{
    private static readonly Func<PlainNetwork, PlainNetwork>[] None = [];

    /// <summary>Every pass that always runs, in the order they do. Each keeps the network's meaning.</summary>
    public static IReadOnlyList<Func<PlainNetwork, PlainNetwork>> All { get; } =
    [
        RemoveIdentity.Apply,
        FoldBatchNorm.Apply,
        FillBlocks.Apply,
        SpreadFactors.Apply,
    ];

    /// <summary>The passes that an export asks for, after those that always run.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="preprocessing">The network's; not null where it is to be baked in.</param>
    public static IReadOnlyList<Func<PlainNetwork, PlainNetwork>> Of(ExportOptions options, Preprocessing? preprocessing) =>
    [
        .. All,
        .. options.BakePreprocessing is { } layout ? [network => BakePreprocessing.Apply(network, preprocessing!, layout)] : None,
        .. options.Precision == GraphPrecision.Half ? [HalvePrecision.Apply] : None,
    ];

    /// <summary>Runs those that always run.</summary>
    public static PlainNetwork Run(PlainNetwork network) => Run(network, All);

    /// <summary>Runs passes.</summary>
    public static PlainNetwork Run(PlainNetwork network, IEnumerable<Func<PlainNetwork, PlainNetwork>> passes) =>
        passes.Aggregate(network, (current, pass) => pass(current));
}
