using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Tiny images as a data set.</summary>
internal static class TinyData
{
    /// <summary>The same counts give the same images.</summary>
    public static DataSet Of(int train, int test) => new(
        "tiny",
        [.. Enumerable.Range(0, TinyImages.Classes).Select(label => $"place {label}")],
        new Preprocessing(1.0 / 255, [0.5], [0.25]),
        Images(train, seed: 1),
        Images(test, seed: 2));

    private static ImageSet Images(int count, int seed)
    {
        var (pixels, labels) = TinyImages.Draw(count, seed);
        return new(pixels, Array.ConvertAll(labels, label => (int)label), Channels: 1, TinyImages.Side, TinyImages.Side);
    }
}
