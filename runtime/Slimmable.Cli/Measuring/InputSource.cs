using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary>Inputs to measure with: a data set's test images where there is one, else seeded noise.</summary>
internal static class InputSource
{
    private const int NoiseSeed = 1;

    /// <summary>A data set's first test images, one by one.</summary>
    public static IReadOnlyList<InputArray> Take(BundleManifest manifest, DataSet data, int count)
    {
        CheckShape(manifest, data);
        return [.. Enumerable.Range(0, Math.Min(count, data.Test.Count)).Select(
            index => InputArray.Of(manifest.Input, manifest.Preprocessing ?? data.Preprocessing, data.Test.Image(index)))];
    }

    /// <summary>Seeded noise, in [-1, 1) or any pixels, one by one.</summary>
    public static IReadOnlyList<InputArray> Noise(BundleManifest manifest, int count)
    {
        var random = new Random(NoiseSeed);
        var length = manifest.Input.Shape.Aggregate(1, (product, side) => product * side);
        return [.. Enumerable.Range(0, count).Select(_ => manifest.Input.Type == NumberType.U8 ? Pixels() : new InputArray(Noise(random, length), []))];

        InputArray Pixels()
        {
            var pixels = new byte[length];
            random.NextBytes(pixels);
            return new([], pixels);
        }
    }

    /// <summary>Seeded noise in [-1, 1) for a network that is not exported yet: <c>[count, C, H, W]</c>.</summary>
    /// <exception cref="SlimmableException">The images are too large for as many.</exception>
    public static float[] Noise(SupernetGraph graph, int count, long seed)
    {
        var length = (long)count * graph.Axis(graph.Input.Channels).Largest * graph.Input.Height * graph.Input.Width;
        return length <= Array.MaxLength
            ? Noise(new Random((int)(seed & int.MaxValue)), (int)length)
            : throw new SlimmableException($"graph '{graph.Name}': expected {count} images to have at most {Array.MaxLength} values together, found {length}");
    }

    /// <summary>Refuses a data set whose images the bundle does not take.</summary>
    public static void CheckShape(BundleManifest manifest, DataSet data)
    {
        var found = (data.Test.Channels, data.Test.Height, data.Test.Width);
        if (manifest.Input.Image != found)
        {
            throw new InvalidInputException($"data set {data.Name}", $"expected images {Text(manifest.Input.Image)}, found {Text(found)}");
        }
    }

    private static float[] Noise(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];

    private static string Text((int Channels, int Height, int Width) image) => $"[{image.Channels}, {image.Height}, {image.Width}]";
}
