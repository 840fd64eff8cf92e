namespace Slimmable.Benchmarks;

/// <summary>One training run of the ablation.</summary>
/// <param name="Name">Unique; names its recipe and its checkpoint.</param>
/// <param name="Method">How it trains.</param>
/// <param name="Seed">Runs of one seed see the same images in the same order, so that methods are compared seed by seed.</param>
/// <param name="Recipe">The whole recipe as JSON.</param>
/// <param name="Target">The gate's target cost, as a part of the widest's; null where no gate is trained.</param>
/// <param name="From">The name of the run whose supernet the gate is trained on; null where the supernet itself is trained.</param>
internal sealed record PlannedRun(string Name, Method Method, long Seed, string Recipe, double? Target = null, string? From = null);
