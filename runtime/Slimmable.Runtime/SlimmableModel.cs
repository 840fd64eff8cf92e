using System.Collections.Frozen;
using System.Globalization;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>
/// A bundle, loaded and ready to answer. For each input the gate picks the subnet that is just wide enough, and only that subnet is computed, on top of
/// a trunk that all of them share; of a bundle without a gate the caller picks one. Safe for many threads at once; each request takes buffers of its own
/// from a pool.
/// </summary>
public sealed class SlimmableModel : IDisposable
{
    private readonly GraphSet graphs;
    private readonly WorkspacePool pool;
    private readonly Router router;
    private readonly FrozenDictionary<string, int> subnetsByName;
    private readonly int largestBatch;
    private readonly int inputLength;
    private readonly int classes;
    private readonly int scores;

    private SlimmableModel(Bundle bundle, OperatingPoint? point, ModelOptions options)
    {
        Bundle = bundle;
        Threads = OnnxEnvironment.Prepare(options.Threads);
        largestBatch = options.LargestBatch;
        inputLength = Manifest.Input.Elements();
        classes = Manifest.Logits.Elements();
        scores = Manifest.Gate?.Candidates.Count ?? 0;
        subnetsByName = Subnets.Index().ToFrozenDictionary(pair => pair.Item.Name, pair => pair.Index);
        graphs = new GraphSet(bundle, Threads, options.LoadOnDemand);
        router = new Router(graphs, point);
        pool = new WorkspacePool(Manifest, largestBatch, graphs.Dispose);
    }

    /// <summary>The bundle on disk.</summary>
    public Bundle Bundle { get; }

    /// <summary>What the bundle holds: inputs, outputs, preprocessing, labels.</summary>
    public BundleManifest Manifest => Bundle.Manifest;

    /// <summary>The subnets, from cheap to dear.</summary>
    public IReadOnlyList<BundleSubnet> Subnets => Manifest.Subnets;

    /// <summary>The threads that the model runs on.</summary>
    public ThreadPlan Threads { get; }

    /// <summary>Loads a bundle: checks its files, and loads the graphs that routing needs into ONNX Runtime.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="InvalidOptionsException">Options are out of range; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">A file is missing, is not what the manifest says, or is refused by ONNX Runtime; it is named.</exception>
    /// <exception cref="EngineException">ONNX Runtime's native library does not load, or fails.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static SlimmableModel Load(string folder, ModelOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        options.Check();
        var bundle = Bundle.Open(folder, options.VerifyHashes, cancellation);
        var model = new SlimmableModel(bundle, options.TargetCost is { } target ? PointOf(bundle.Manifest, target) : null, options);
        try
        {
            model.Prepare(options, cancellation);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Answers inputs.</summary>
    /// <param name="input">
    /// One or more whole inputs: an array or a span of floats, or of bytes where the bundle's graphs preprocess. It is read where it lies, so it must not
    /// change before the answer is there.
    /// </param>
    /// <param name="subnet">
    /// The subnet that answers, where the gate shall not choose; it goes through the shared trunk all the same. A bundle without a gate needs it: no
    /// width is the right one for everybody.
    /// </param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="InvalidInputException">
    /// The numbers are not whole inputs or of the wrong kind, one of them is NaN where it matters, or there is no such subnet, or no gate to choose one.
    /// </exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed of.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public RoutingResult Route(ModelInput input, string? subnet = null, CancellationToken cancellation = default)
    {
        var rows = RowsIn(input);
        var logits = new float[(long)rows * classes];
        var subnets = new int[rows];
        var gateLogits = router.UsesGate(IndexOf(subnet)) ? new float[(long)rows * scores] : [];
        var madds = Route(input, logits, subnets, gateLogits, subnet, cancellation);
        return new(rows, logits, subnets, gateLogits, madds);
    }

    /// <summary>Answers inputs into the caller's memory. Once warm, a request allocates next to nothing on the managed heap.</summary>
    /// <param name="input">One or more whole inputs: an array or a span of floats, or of bytes where the bundle's graphs preprocess.</param>
    /// <param name="logits">Receives <c>[N, classes]</c>.</param>
    /// <param name="subnets">Receives the subnet by row, an index into <see cref="Subnets"/>; empty where it is not wanted.</param>
    /// <param name="gateLogits">Receives <c>[N, candidates]</c>; empty where it is not wanted or the gate does not run.</param>
    /// <param name="subnet">
    /// The subnet that answers, where the gate shall not choose; it goes through the shared trunk all the same. A bundle without a gate needs it: no
    /// width is the right one for everybody.
    /// </param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <returns>Multiply-adds of all rows together, the gate's head included where it ran.</returns>
    /// <exception cref="ArgumentException">An output's length does not fit the input's.</exception>
    /// <exception cref="InvalidInputException">
    /// The numbers are not whole inputs or of the wrong kind, one of them is NaN where it matters, or there is no such subnet, or no gate to choose one. The outputs
    /// are then undefined.
    /// </exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed of.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public long Route(
        ModelInput input,
        Span<float> logits,
        Span<int> subnets = default,
        Span<float> gateLogits = default,
        string? subnet = null,
        CancellationToken cancellation = default)
    {
        var forced = IndexOf(subnet);
        return Run(BatchOf(input, logits, subnets, router.UsesGate(forced) ? gateLogits : []), forced, standalone: false, cancellation);
    }

    /// <summary>Answers inputs with a subnet's standalone graph: no trunk, no gate. What routing is measured against.</summary>
    /// <param name="input">One or more whole inputs: an array or a span of floats, or of bytes where the bundle's graphs preprocess.</param>
    /// <param name="subnet">The subnet; its graph is loaded on first use.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="InvalidInputException">
    /// The numbers are not whole inputs or of the wrong kind, one of them is NaN where it matters, or there is no such subnet, or it has no standalone graph.
    /// </exception>
    /// <exception cref="InvalidFileException">The graph is refused by ONNX Runtime.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed of.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public RoutingResult RunStandalone(ModelInput input, string subnet, CancellationToken cancellation = default)
    {
        var logits = new float[(long)RowsIn(input) * classes];
        var madds = RunStandalone(input, logits, subnet, cancellation);
        var subnets = new int[logits.Length / classes];
        Array.Fill(subnets, subnetsByName[subnet]);
        return new(subnets.Length, logits, subnets, [], madds);
    }

    /// <summary>Answers inputs with a subnet's standalone graph, into the caller's memory.</summary>
    /// <param name="input">One or more whole inputs: an array or a span of floats, or of bytes where the bundle's graphs preprocess.</param>
    /// <param name="logits">Receives <c>[N, classes]</c>.</param>
    /// <param name="subnet">The subnet; its graph is loaded on first use.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <returns>Multiply-adds of all rows together.</returns>
    /// <inheritdoc cref="RunStandalone(ModelInput, string, CancellationToken)" path="/exception"/>
    /// <exception cref="ArgumentException">The output's length does not fit the input's.</exception>
    public long RunStandalone(ModelInput input, Span<float> logits, string subnet, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subnet);
        return Run(BatchOf(input, logits, [], []), IndexOf(subnet), standalone: true, cancellation);
    }

    /// <summary>Checks a tensor's shape before its numbers are handed in.</summary>
    /// <param name="shape">Outermost first.</param>
    /// <returns>N, the inputs in it.</returns>
    /// <exception cref="InvalidInputException">The shape is not N, above 0, and the manifest's shape of the input.</exception>
    public int RowsIn(IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var rows = shape.Count > 0 && shape[0] is > 0 and <= int.MaxValue ? (int)shape[0] : 0;
        return rows > 0 && shape.Skip(1).SequenceEqual(Manifest.Input.Shape.Select(length => (long)length))
            ? rows
            : throw new InvalidInputException("input", $"expected [N, {string.Join(", ", Manifest.Input.Shape)}], found [{string.Join(", ", shape)}]");
    }

    /// <summary>Takes no more requests. Those that run still finish; what the model holds is released with the last of them.</summary>
    public void Dispose() => pool.Close();

    private static OperatingPoint PointOf(BundleManifest manifest, double target)
    {
        string Text(double cost) => cost.ToString(CultureInfo.InvariantCulture);
        var points = manifest.Gate?.OperatingPoints ?? [];
        var known = points.Count == 0 ? "none, as the bundle has no operating points" : $"one of {string.Join(", ", points.Select(point => Text(point.TargetCost)))}";
        return points.FirstOrDefault(point => point.TargetCost == target)
            ?? throw new InvalidOptionsException(nameof(ModelOptions), [$"{nameof(ModelOptions.TargetCost)}: expected {known}, found {Text(target)}"]);
    }

    private void Prepare(ModelOptions options, CancellationToken cancellation)
    {
        foreach (var (index, subnet) in Subnets.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            if (options.LoadStandalone && subnet.Full is not null)
            {
                graphs.Standalone(index);
            }
        }

        if (options.WarmUp)
        {
            var work = pool.Take(rows: 1);
            try
            {
                router.WarmUp(work, cancellation);
            }
            finally
            {
                pool.GiveBack(work);
            }
        }
    }

    private long Run(Batch batch, int? subnet, bool standalone, CancellationToken cancellation)
    {
        var work = pool.Take(Math.Min(batch.Rows, largestBatch));
        try
        {
            var madds = 0L;
            for (var first = 0; first < batch.Rows; first += largestBatch)
            {
                cancellation.ThrowIfCancellationRequested();
                var piece = batch.Slice(first, Math.Min(largestBatch, batch.Rows - first));
                madds += standalone ? router.RunStandalone(work, piece, subnet!.Value) : router.Route(work, piece, subnet, cancellation);
            }

            return madds;
        }
        finally
        {
            pool.GiveBack(work);
        }
    }

    private int RowsIn(ModelInput input)
    {
        if (input.Type != Manifest.Input.Type)
        {
            throw new InvalidInputException("input", input.Type == NumberType.U8
                ? "expected preprocessed 32-bit floats, as the bundle's graphs do not preprocess, found bytes"
                : "expected bytes, as the bundle's graphs preprocess them, found 32-bit floats");
        }

        return input.Length > 0 && input.Length % inputLength == 0
            ? input.Length / inputLength
            : throw new InvalidInputException(
                "input", $"expected whole inputs of [{string.Join(", ", Manifest.Input.Shape)}], {inputLength} numbers each, found {input.Length} numbers");
    }

    private int? IndexOf(string? subnet)
    {
        if (subnet is null)
        {
            return scores > 0 ? null : throw new InvalidInputException("subnet", $"expected one of {Names()}, as the bundle has no gate, found none");
        }

        return subnetsByName.TryGetValue(subnet, out var index)
            ? index
            : throw new InvalidInputException("subnet", $"expected one of {Names()}, found '{subnet}'");
    }

    private string Names() => string.Join(", ", Subnets.Select(subnet => $"'{subnet.Name}'"));

    private Batch BatchOf(ModelInput input, Span<float> logits, Span<int> subnets, Span<float> gateLogits)
    {
        var rows = RowsIn(input);
        CheckLength(nameof(logits), logits.Length, (long)rows * classes);
        CheckLength(nameof(subnets), subnets.Length, subnets.IsEmpty ? 0 : rows);
        CheckLength(nameof(gateLogits), gateLogits.Length, gateLogits.IsEmpty ? 0 : (long)rows * scores);
        return new() { Rows = rows, Input = input, Logits = logits, Subnets = subnets, GateLogits = gateLogits };
    }

    private static void CheckLength(string name, int found, long expected)
    {
        if (found != expected)
        {
            throw new ArgumentException($"expected a length of {expected}, found {found}", name);
        }
    }
}
