using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Tiny images as a data set.</summary>
internal static class TinyData
{
    /// <summary>The same counts give the same images.</summary>
    public static DataSet Of(int train, int test, int side = TinyImages.Side) => new(
        "tiny",
        [.. Enumerable.Range(0, TinyImages.Classes).Select(label => $"place {label}")],
        new Preprocessing(1.0 / 255, [0.5], [0.25]),
        Images(train, side, seed: 1),
        Images(test, side, seed: 2));

    private static ImageSet Images(int count, int side, int seed)
    {
        var (pixels, labels) = TinyImages.Draw(count, seed, side);
        return new(pixels, Array.ConvertAll(labels, label => (int)label), Channels: 1, side, side);
    }
}
