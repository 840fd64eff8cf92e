using Slimmable.Models;

namespace Slimmable.Training.Tests;

/// <summary>A supernet that is quick to run, and images that are easy to learn.</summary>
internal static class TinyNetwork
{
    public static SupernetGraph Graph() => DsMobileNet.Build(new DsMobileNetOptions
    {
        Name = "tiny",
        Data = new DataShape(1, 8, 8, 4),
        StemWidths = [4, 6],
        StemStride = 1,
        Stages = [new([8, 10], Blocks: 1, Stride: 2), new([8, 12, 16], Blocks: 2, Stride: 1)],
        GatedStage = 2,
        Candidates = [0, 1, 2],
    });

    public static Supernet Initialized(long seed = 1, SupernetGraph? graph = null)
    {
        var supernet = new Supernet(graph ?? Graph());
        WeightInitializer.Initialize(supernet, seed);
        return supernet;
    }

    /// <summary>Noise with a bright stripe whose place is the label.</summary>
    public static ImageSet Stripes(int count, int size, int classes, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * size * size];
        var labels = new int[count];
        for (var image = 0; image < count; image++)
        {
            labels[image] = random.Next(classes);
            for (var pixel = 0; pixel < size * size; pixel++)
            {
                var inStripe = pixel / size * classes / size == labels[image];
                pixels[(image * size * size) + pixel] = (byte)(random.Next(100) + (inStripe ? 150 : 0));
            }
        }

        return new ImageSet(pixels, labels, Channels: 1, size, size);
    }

    public static DataSet Data(int train, int test, int size = 8, int classes = 4) => new(
        "stripes",
        [.. Enumerable.Range(0, classes).Select(label => $"class {label}")],
        new Preprocessing(1.0 / 255, [0.35], [0.3]),
        Stripes(train, size, classes, seed: 1),
        Stripes(test, size, classes, seed: 2));
}
