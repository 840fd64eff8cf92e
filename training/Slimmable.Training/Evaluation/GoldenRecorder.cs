using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>Records what the trainer answers on a few inputs, for a checkpoint to carry.</summary>
public static class GoldenRecorder
{
    /// <summary>Runs every subnet and the gate, as served.</summary>
    /// <param name="supernet">What answers.</param>
    /// <param name="input"><c>[count, C, H, W]</c>, preprocessed, row-major.</param>
    /// <param name="count">Images, at least 1.</param>
    public static GoldenSamples Record(Supernet supernet, float[] input, int count)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        var graph = supernet.Graph;
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        long[] shape = [count, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
        var images = torch.tensor(input, shape);
        var logits = graph.Subnets.Zip(supernet.Logits(images, graph.Subnets, ForwardMode.Inference))
            .ToDictionary(pair => pair.First.Name, pair => pair.Second.data<float>().ToArray());
        var scores = graph.Gate is null ? null : supernet.Trunk(images, ForwardMode.Inference).GateLogits.data<float>().ToArray();
        return new GoldenSamples(count, input, logits, scores);
    }

    /// <summary>The first images of a set, preprocessed, as golden input.</summary>
    /// <param name="images">The images.</param>
    /// <param name="preprocessing">How bytes become the input.</param>
    /// <param name="count">How many; fewer where the set has fewer.</param>
    public static (float[] Input, int Count) FirstImages(ImageSet images, Preprocessing preprocessing, int count)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(preprocessing);
        var first = images.Take(count);
        var input = new float[first.Pixels.Length];
        preprocessing.Apply(first.Pixels, first.PixelsPerChannel, input);
        return (input, first.Count);
    }
}
