using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>The memory of one request: what the graphs read and write, allocated once and bound once for each number of rows. For one thread at a time.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly BundleManifest manifest;
    private readonly Dictionary<(GraphSession Graph, int Rows), BoundGraph> bound = [];
    private readonly NativeBuffer? features;
    private readonly NativeBuffer? gateLogits;
    private readonly NativeBuffer logits;
    private NativeBuffer? gathered;

    /// <summary>Allocates.</summary>
    /// <param name="manifest">The bundle.</param>
    /// <param name="capacity">The most rows of a request.</param>
    public Workspace(BundleManifest manifest, int capacity)
    {
        this.manifest = manifest;
        Capacity = capacity;
        Chosen = new int[capacity];
        Groups = new RowGroups(capacity, manifest.Subnets.Count);
        features = manifest.Features is null ? null : new(capacity, manifest.Features);
        gateLogits = manifest.GateLogits is null ? null : new(capacity, manifest.GateLogits);
        logits = new(capacity, manifest.Logits);
    }

    /// <summary>The most rows of a request.</summary>
    public int Capacity { get; }

    /// <summary>The subnet by row.</summary>
    public int[] Chosen { get; }

    /// <summary>The rows by subnet.</summary>
    public RowGroups Groups { get; }

    /// <summary>Where the gate wrote the features; in the shared-trunk layout.</summary>
    public nint Features => features!.Address;

    /// <summary>What the gate wrote for a row.</summary>
    public ReadOnlySpan<float> GateLogitsOf(int row) => gateLogits!.Row(row);

    /// <summary>What the subnet that ran last wrote for a row.</summary>
    public ReadOnlySpan<float> LogitsOf(int row) => logits.Row(row);

    /// <summary>Runs a graph; its outputs go to this workspace.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rows">1 to <see cref="Capacity"/>.</param>
    /// <param name="input">Where the rows of its input lie.</param>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    public void Run(GraphSession graph, int rows, nint input)
    {
        if (!bound.TryGetValue((graph, rows), out var ready))
        {
            bound[(graph, rows)] = ready = new BoundGraph(graph, rows, AddressOf);
        }

        ready.Run(input);
    }

    /// <summary>Copies rows of what the subnets start from, so that they lie one after the other.</summary>
    /// <param name="source">Where the batch's rows lie.</param>
    /// <param name="rows">Which of them, in order.</param>
    /// <returns>Where the copies lie.</returns>
    public nint Gather(nint source, ReadOnlySpan<int> rows)
    {
        gathered ??= new(Capacity, manifest.Features ?? manifest.Input);
        for (var index = 0; index < rows.Length; index++)
        {
            gathered.Copy(source, rows[index], index);
        }

        return gathered.Address;
    }

    public void Dispose()
    {
        foreach (var graph in bound.Values)
        {
            graph.Dispose();
        }

        features?.Dispose();
        gateLogits?.Dispose();
        gathered?.Dispose();
        logits.Dispose();
    }

    private nint AddressOf(BundleTensor output) =>
        ReferenceEquals(output, manifest.Features) ? features!.Address
        : ReferenceEquals(output, manifest.GateLogits) ? gateLogits!.Address
        : logits.Address;
}
