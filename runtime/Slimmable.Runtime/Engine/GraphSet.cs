using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>A bundle's graphs: the gate is loaded, and what routing needs unless that shall wait; any other is when it is first asked for. Safe for many threads.</summary>
internal sealed class GraphSet : IDisposable
{
    private readonly Bundle bundle;
    private readonly ThreadPlan threads;
    private readonly GraphSession?[] tails;
    private readonly GraphSession?[] standalone;
    private readonly Lock loading = new();

    /// <summary>Loads what routing needs.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="threads">What the graphs run on.</param>
    /// <param name="onDemand">Whether a subnet's graph waits until it is asked for.</param>
    /// <exception cref="InvalidFileException">A graph is refused or does not fit the manifest.</exception>
    public GraphSet(Bundle bundle, ThreadPlan threads, bool onDemand)
    {
        this.bundle = bundle;
        this.threads = threads;
        var subnets = Manifest.Subnets;
        tails = new GraphSession?[subnets.Count];
        standalone = new GraphSession?[subnets.Count];
        try
        {
            Gate = Manifest.Gate is { } gate ? Load(gate.File, Manifest.Input, [.. GateOutputs]) : null;
            for (var subnet = 0; !onDemand && subnet < subnets.Count; subnet++)
            {
                Routed(subnet);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the bundle holds.</summary>
    public BundleManifest Manifest => bundle.Manifest;

    /// <summary>Whether the gate's graph also yields what the subnets' graphs start from.</summary>
    public bool HasTrunk => Manifest.Layout == BundleLayout.SharedTrunk;

    /// <summary>The gate, with the trunk where it is shared; null where the bundle has none.</summary>
    public GraphSession? Gate { get; }

    /// <summary>The graphs that are loaded; the gate first.</summary>
    public IEnumerable<GraphSession> Loaded => new[] { Gate }.Concat(tails).Concat(standalone).OfType<GraphSession>();

    private IEnumerable<BundleTensor> GateOutputs => HasTrunk ? [Manifest.Features!, Manifest.GateLogits!] : [Manifest.GateLogits!];

    /// <summary>The graph that a routed row goes through: after the trunk where it is shared, from the input where it is not.</summary>
    /// <exception cref="InvalidFileException">The graph is refused or does not fit the manifest.</exception>
    public GraphSession Routed(int subnet) => HasTrunk ? Once(tails, subnet, Manifest.Subnets[subnet].Tail!, Manifest.Features!) : Standalone(subnet);

    /// <summary>The graph from the input to the logits.</summary>
    /// <exception cref="InvalidInputException">The bundle has none for this subnet.</exception>
    /// <exception cref="InvalidFileException">The graph is refused or does not fit the manifest.</exception>
    public GraphSession Standalone(int subnet) => Once(
        standalone,
        subnet,
        Manifest.Subnets[subnet].Full
            ?? throw new InvalidInputException($"subnet '{Manifest.Subnets[subnet].Name}'", "expected one with a standalone graph, found none in the bundle"),
        Manifest.Input);

    public void Dispose()
    {
        foreach (var graph in Loaded)
        {
            graph.Dispose();
        }
    }

    private GraphSession Once(GraphSession?[] graphs, int subnet, string file, BundleTensor input)
    {
        if (Volatile.Read(ref graphs[subnet]) is { } loaded)
        {
            return loaded;
        }

        lock (loading)
        {
            return graphs[subnet] ??= Load(file, input, Manifest.Logits);
        }
    }

    private GraphSession Load(string file, BundleTensor input, params IReadOnlyList<BundleTensor> outputs) => new(bundle, file, threads, input, outputs);
}
