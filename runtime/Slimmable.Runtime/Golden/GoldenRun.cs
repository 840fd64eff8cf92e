using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>Runs a bundle's graphs on its golden inputs, one graph at a time, so that no more than one is in memory; on zeros where there are none.</summary>
internal sealed class GoldenRun : IDisposable
{
    private readonly Bundle bundle;
    private readonly BundleManifest manifest;
    private readonly ThreadPlan threads;
    private readonly SafetensorsFile? golden;
    private readonly int rows;
    private readonly float[] numbers = [];
    private readonly byte[] pixels = [];
    private readonly List<GoldenDifference> graphs = [];

    /// <summary>Reads the golden inputs.</summary>
    /// <exception cref="InvalidFileException">The golden file is none, or lacks them.</exception>
    public GoldenRun(Bundle bundle, ThreadPlan threads)
    {
        this.bundle = bundle;
        this.threads = threads;
        manifest = bundle.Manifest;
        rows = 1;
        if (manifest.Golden is null)
        {
            numbers = new float[TakesPixels ? 0 : manifest.Input.Elements()];
            pixels = new byte[TakesPixels ? manifest.Input.Elements() : 0];
            return;
        }

        golden = SafetensorsFile.Open(bundle.PathOf(manifest.Golden));
        try
        {
            rows = golden.Entry(BundleFormat.GoldenInput).Shape is { Count: > 0 } shape ? (int)Math.Clamp(shape[0], 1, int.MaxValue) : 1;
            RequireShape(golden, BundleFormat.GoldenInput, manifest.Input);
            numbers = TakesPixels ? [] : golden.Singles(BundleFormat.GoldenInput);
            pixels = TakesPixels ? golden.UInt8s(BundleFormat.GoldenInput) : [];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private bool TakesPixels => manifest.Input.Type == NumberType.U8;

    private ModelInput Input => TakesPixels ? pixels : numbers;

    /// <summary>Runs every graph.</summary>
    /// <exception cref="InvalidFileException">The golden file lacks answers, or a graph is refused.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public GoldenReport Run(CancellationToken cancellation)
    {
        float[] features = [];
        if (manifest is { Gate: { } gate, GateLogits: { } scores })
        {
            var answers = Answer(gate.File, manifest.Input, Input, cancellation, manifest.Features is { } trunk ? [scores, trunk] : [scores]);
            Compare(gate.File, BundleFormat.GoldenGateLogits, scores, answers[0]);
            features = answers[^1];
        }

        foreach (var subnet in manifest.Subnets)
        {
            CheckSubnet(subnet.Name, subnet.Tail, manifest.Features, features, cancellation);
            CheckSubnet(subnet.Name, subnet.Full, manifest.Input, Input, cancellation);
        }

        if (manifest.Routed is { } routed)
        {
            cancellation.ThrowIfCancellationRequested();
            CheckRouted(routed);
        }

        return new(golden is null ? 0 : rows, graphs);
    }

    public void Dispose() => golden?.Dispose();

    private void CheckSubnet(string subnet, string? file, BundleTensor? takes, ModelInput values, CancellationToken cancellation)
    {
        if (file is not null && takes is not null)
        {
            Compare(file, BundleFormat.GoldenLogits(subnet), manifest.Logits, Answer(file, takes, values, cancellation, manifest.Logits)[0]);
        }
    }

    private void CheckRouted(string file)
    {
        using var routed = new RoutedGraph(bundle, file, threads);
        if (golden is null)
        {
            routed.Run(Input, rows);
            return;
        }

        var scores = Read(golden, BundleFormat.GoldenGateLogits, manifest.GateLogits!);
        var logits = manifest.Subnets.Select(subnet => Read(golden, BundleFormat.GoldenLogits(subnet.Name), manifest.Logits)).ToList();
        graphs.Add(new(file, RoutedCheck.Difference(routed, manifest, Input, scores, logits, Difference)));
    }

    private float[][] Answer(string file, BundleTensor takes, ModelInput values, CancellationToken cancellation, params BundleTensor[] gives)
    {
        cancellation.ThrowIfCancellationRequested();
        using var graph = new GraphSession(bundle, file, threads, takes, gives);
        return graph.Run(values, rows);
    }

    private void Compare(string file, string name, BundleTensor tensor, float[] answers)
    {
        if (golden is not null)
        {
            graphs.Add(new(file, Difference(Read(golden, name, tensor), answers)));
        }
    }

    private float[] Read(SafetensorsFile file, string name, BundleTensor tensor)
    {
        RequireShape(file, name, tensor);
        return file.Singles(name);
    }

    private void RequireShape(SafetensorsFile file, string name, BundleTensor tensor)
    {
        long[] expected = [rows, .. tensor.Shape];
        if (!file.Entry(name).Shape.SequenceEqual(expected))
        {
            throw new InvalidFileException(file.Path, $"tensor '{name}': expected [{string.Join(", ", expected)}], found {file.Entry(name).ShapeText}");
        }
    }

    private static float Difference(float[] expected, float[] found)
    {
        // The rounding of a sum grows with what is summed, so logits in the tens may differ by more than logits around one.
        var unit = Math.Max(1, expected.Max(MathF.Abs));
        return expected.Zip(found, (left, right) => MathF.Abs(left - right) / unit).Max(difference => float.IsNaN(difference) ? float.PositiveInfinity : difference);
    }
}
