using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Benchmarks.Tests;

/// <summary>The whole ablation on tiny images: two seeds, a few steps.</summary>
internal static class ToyAblation
{
    private const int Side = 12;

    public static AblationPlan Plan { get; } = new(
        "toy",
        """
        {
          "name": "toy", "architecture": "ds-resnet-fashion-small", "dataSet": "fashion-mnist",
          "stageOne": { "epochs": 2, "stepsPerEpoch": 3, "batchSize": 32, "learningRate": 0.1, "emaDecay": 0.9 },
          "calibration": { "batches": 2 }, // as in the shared recipe, comments are allowed
          "stageTwo": { "epochs": 1, "stepsPerEpoch": 2, "batchSize": 64, "learningRate": 0.1 },
        }
        """,
        seeds: 2);

    public static DataSet Data { get; } = new(
        "fashion-mnist",
        [.. Enumerable.Range(0, TinyImages.Classes).Select(label => $"wave {label}")],
        new Preprocessing(1.0 / 255, [0.5], [0.25]),
        Images(count: 256, seed: 1),
        Images(count: 100, seed: 2));

    private static ImageSet Images(int count, int seed)
    {
        var (pixels, labels) = TinyImages.Draw(count, seed, Side);
        return new(pixels, Array.ConvertAll(labels, label => (int)label), Channels: 1, Side, Side);
    }
}
