namespace Slimmable.Models;

/// <summary>
/// How a raw image becomes the graph's input: <c>(pixel * scale - mean[c]) / std[c]</c> per channel, laid out <c>[N, C, H, W]</c>.
/// It travels with the weights, so that a consumer cannot guess it wrong.
/// </summary>
/// <param name="Scale">What a raw pixel is multiplied with first; 1/255 for bytes. Above 0.</param>
/// <param name="Mean">Per channel, after scaling.</param>
/// <param name="Std">Per channel, after scaling; above 0.</param>
public sealed record Preprocessing(double Scale, IReadOnlyList<double> Mean, IReadOnlyList<double> Std)
{
    /// <summary>Converts raw bytes.</summary>
    /// <param name="pixels">Images <c>[N, C, pixelsPerChannel]</c>, whole ones.</param>
    /// <param name="pixelsPerChannel">Height times width.</param>
    /// <param name="result">As long as <paramref name="pixels"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Apply(ReadOnlySpan<byte> pixels, int pixelsPerChannel, Span<float> result)
    {
        if (pixelsPerChannel < 1 || result.Length != pixels.Length || pixels.Length % (pixelsPerChannel * Mean.Count) != 0)
        {
            throw new ArgumentException(
                $"expected whole images of {Mean.Count} x {pixelsPerChannel} pixels and as many results, found {pixels.Length} and {result.Length}", nameof(result));
        }

        for (var index = 0; index < pixels.Length; index++)
        {
            var channel = index / pixelsPerChannel % Mean.Count;
            result[index] = (float)(((pixels[index] * Scale) - Mean[channel]) / Std[channel]);
        }
    }

    /// <summary>Finds the raw bytes that <see cref="Apply"/> makes some numbers of.</summary>
    /// <param name="numbers">Images <c>[N, C, pixelsPerChannel]</c>, whole ones.</param>
    /// <param name="pixelsPerChannel">Height times width.</param>
    /// <returns>The bytes, in the same order; null where one of the numbers is made of no byte, to the last bit.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public byte[]? Invert(ReadOnlySpan<float> numbers, int pixelsPerChannel)
    {
        var pixels = new byte[numbers.Length];
        for (var index = 0; index < pixels.Length; index++)
        {
            var channel = index / pixelsPerChannel % Mean.Count;
            pixels[index] = (byte)Math.Clamp(Math.Round(((numbers[index] * Std[channel]) + Mean[channel]) / Scale), byte.MinValue, byte.MaxValue);
        }

        var again = new float[pixels.Length];
        Apply(pixels, pixelsPerChannel, again);
        return numbers.SequenceEqual(again) ? pixels : null;
    }

    /// <summary>What is wrong with the numbers for images of so many channels; nothing where they can be used.</summary>
    /// <param name="channels">Of the images.</param>
    public IEnumerable<string> FaultsFor(int channels)
    {
        if (Scale is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"preprocessing.scale: expected above 0, found {Scale}";
        }

        if (Mean.Count != channels || !Mean.All(double.IsFinite))
        {
            yield return $"preprocessing.mean: expected {channels} finite numbers, found {Excerpt.Of(Mean)}";
        }

        if (Std.Count != channels || !Std.All(value => value is > 0 and < double.PositiveInfinity))
        {
            yield return $"preprocessing.std: expected {channels} numbers above 0, found {Excerpt.Of(Std)}";
        }
    }
}
