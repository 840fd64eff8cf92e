using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>Compares a bundle's graphs, as ONNX Runtime runs them, with what the trainer answered: the proof that an export is right.</summary>
public static class GoldenCheck
{
    /// <summary>Runs the golden inputs through every graph of a bundle.</summary>
    /// <param name="model">The loaded bundle. Its standalone graphs are loaded too.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="InvalidFileException">The golden file lacks a tensor or has one of another shape, or a graph is refused; it is named.</exception>
    /// <exception cref="InvalidInputException">A graph answers NaN.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static GoldenReport Run(SlimmableModel model, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var manifest = model.Manifest;
        if (manifest.Golden is null)
        {
            return new(0, []);
        }

        using var golden = SafetensorsFile.Open(model.Bundle.PathOf(manifest.Golden));
        var samples = golden.Entry(BundleFormat.GoldenInput).Shape is { Count: > 0 } shape ? (int)Math.Clamp(shape[0], 1, int.MaxValue) : 1;
        var input = Read(golden, BundleFormat.GoldenInput, samples, manifest.Input);
        List<GoldenDifference> graphs = [];
        List<float[]> answers = [];
        if (manifest.Gate is { } gate)
        {
            var expected = Read(golden, BundleFormat.GoldenGateLogits, samples, manifest.GateLogits!);
            graphs.Add(new(gate.File, Difference(expected, model.Route(input, cancellation: cancellation).GateLogits)));
        }

        foreach (var subnet in model.Subnets)
        {
            var expected = Read(golden, BundleFormat.GoldenLogits(subnet.Name), samples, manifest.Logits);
            answers.Add(expected);
            if (subnet.Tail is not null)
            {
                graphs.Add(new(subnet.Tail, Difference(expected, model.Route(input, subnet.Name, cancellation).Logits)));
            }

            if (subnet.Full is not null)
            {
                graphs.Add(new(subnet.Full, Difference(expected, model.RunStandalone(input, subnet.Name, cancellation).Logits)));
            }
        }

        if (manifest.Routed is { } file)
        {
            cancellation.ThrowIfCancellationRequested();
            using var routed = new RoutedGraph(model.Bundle, file, model.Threads);
            var scores = Read(golden, BundleFormat.GoldenGateLogits, samples, manifest.GateLogits!);
            graphs.Add(new(file, RoutedCheck.Difference(routed, manifest, input, scores, answers, Difference)));
        }

        return new(samples, graphs);
    }

    private static float[] Read(SafetensorsFile golden, string name, int samples, BundleTensor tensor)
    {
        long[] expected = [samples, .. tensor.Shape];
        return golden.Entry(name).Shape.SequenceEqual(expected)
            ? golden.Singles(name)
            : throw new InvalidFileException(golden.Path, $"tensor '{name}': expected [{string.Join(", ", expected)}], found {golden.Entry(name).ShapeText}");
    }

    private static float Difference(float[] expected, float[] found)
    {
        // The rounding of a sum grows with what is summed, so logits in the tens may differ by more than logits around one.
        var unit = Math.Max(1, expected.Max(MathF.Abs));
        return expected.Zip(found, (left, right) => MathF.Abs(left - right) / unit).Max(difference => float.IsNaN(difference) ? float.PositiveInfinity : difference);
    }
}
