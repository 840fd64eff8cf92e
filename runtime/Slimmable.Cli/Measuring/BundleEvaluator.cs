using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary>Measures a bundle's accuracy on labelled images, through ONNX Runtime.</summary>
internal static class BundleEvaluator
{
    private const int Batch = 64;

    /// <summary>Every subnet alone, then the routed network at each of its operating points.</summary>
    public static EvaluateAnswer Run(OperatingModels models, ImageSet images, Preprocessing preprocessing, CancellationToken cancellation)
    {
        var model = models.Default;
        var subnets = model.Subnets
            .Select(subnet => new SubnetScore(subnet.Name, Routable: true, subnet.MAdds, Measure(model, images, preprocessing, subnet.Name, cancellation).Top1))
            .ToList();
        return new(
            subnets,
            [.. models.Routed.Select(at => Routed(at.Model, at.TargetCost, Measure(at.Model, images, preprocessing, null, cancellation), images.Count))]);
    }

    private static RoutedScore Routed(SlimmableModel model, double? targetCost, Measurement measured, int images) => new(
        targetCost,
        measured.Top1,
        (double)measured.MAdds / images,
        model.Manifest.Gate!.Candidates.ToDictionary(
            name => name, name => (double)measured.Taken[model.Subnets.Index().First(pair => pair.Item.Name == name).Index] / images));

    private static Measurement Measure(SlimmableModel model, ImageSet images, Preprocessing preprocessing, string? subnet, CancellationToken cancellation)
    {
        var classes = model.Manifest.Logits.Shape[0];
        var logits = new float[Batch * classes];
        var chosen = new int[Batch];
        var taken = new int[model.Subnets.Count];
        var (right, madds) = (0, 0L);
        for (var first = 0; first < images.Count; first += Batch)
        {
            var rows = Math.Min(Batch, images.Count - first);
            var pixels = images.Pixels.AsSpan(first * images.ImageSize, rows * images.ImageSize);
            var input = InputArray.Of(model.Manifest.Input, preprocessing, pixels);
            madds += model.Route(
                input.Input, logits.AsSpan(0, rows * classes), chosen.AsSpan(0, rows), default, subnet, cancellation);
            for (var row = 0; row < rows; row++)
            {
                taken[chosen[row]]++;
                right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits.AsSpan(row * classes, classes)) == images.Labels[first + row] ? 1 : 0;
            }
        }

        return new(100.0 * right / images.Count, madds, taken);
    }

    private sealed record Measurement(double Top1, long MAdds, int[] Taken);
}
