using Microsoft.ML.OnnxRuntime;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>A bundle's graphs: the gate and what routing needs are loaded, a standalone graph is when it is first asked for. Safe for many threads.</summary>
internal sealed class GraphSet : IDisposable
{
    private readonly Bundle bundle;
    private readonly SessionOptions options;
    private readonly GraphSession?[] tails;
    private readonly GraphSession?[] standalone;
    private readonly Lock loading = new();

    /// <summary>Loads what routing needs.</summary>
    /// <exception cref="InvalidFileException">A graph is refused or does not fit the manifest.</exception>
    public GraphSet(Bundle bundle, ThreadPlan threads)
    {
        this.bundle = bundle;
        var subnets = Manifest.Subnets;
        options = OnnxEnvironment.SessionOptions(threads);
        tails = new GraphSession?[subnets.Count];
        standalone = new GraphSession?[subnets.Count];
        try
        {
            Gate = Manifest.Gate is { } gate ? Load(gate.File, Manifest.Input, [.. GateOutputs]) : null;
            for (var subnet = 0; subnet < subnets.Count; subnet++)
            {
                if (HasTrunk)
                {
                    tails[subnet] = Load(subnets[subnet].Tail!, Manifest.Features!, Manifest.Logits);
                }
                else
                {
                    Standalone(subnet);
                }
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
    public GraphSession Routed(int subnet) => tails[subnet] ?? Standalone(subnet);

    /// <summary>The graph from the input to the logits.</summary>
    /// <exception cref="InvalidInputException">The bundle has none for this subnet.</exception>
    /// <exception cref="InvalidFileException">The graph is refused or does not fit the manifest.</exception>
    public GraphSession Standalone(int subnet)
    {
        if (Volatile.Read(ref standalone[subnet]) is { } loaded)
        {
            return loaded;
        }

        var file = Manifest.Subnets[subnet].Full
            ?? throw new InvalidInputException($"subnet '{Manifest.Subnets[subnet].Name}'", "expected one with a standalone graph, found none in the bundle");
        lock (loading)
        {
            return standalone[subnet] ??= Load(file, Manifest.Input, Manifest.Logits);
        }
    }

    public void Dispose()
    {
        foreach (var graph in Loaded)
        {
            graph.Dispose();
        }

        options.Dispose();
    }

    private GraphSession Load(string file, BundleTensor input, params IReadOnlyList<BundleTensor> outputs) =>
        new(bundle.PathOf(file), options, input, outputs);
}
