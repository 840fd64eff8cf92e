namespace Slimmable.Training;

/// <summary>Operations that give every byte another value, whatever stands beside it.</summary>
internal static class Tones
{
    private const int Values = 256;

    /// <summary>Black becomes white.</summary>
    public static void Invert(ReadOnlySpan<byte> source, Span<byte> target) => Solarize(source, target, threshold: 0);

    /// <summary>Inverts what is bright.</summary>
    /// <param name="source">The image.</param>
    /// <param name="target">Where the other goes.</param>
    /// <param name="threshold">The least value that is inverted, 0..256.</param>
    public static void Solarize(ReadOnlySpan<byte> source, Span<byte> target, int threshold)
    {
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = source[index] < threshold ? source[index] : (byte)(byte.MaxValue - source[index]);
        }
    }

    /// <summary>Keeps the upper bits, 1..8.</summary>
    public static void Posterize(ReadOnlySpan<byte> source, Span<byte> target, int bits)
    {
        var mask = (byte)(byte.MaxValue << (8 - bits));
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = (byte)(source[index] & mask);
        }
    }

    /// <summary>Stretches each channel so that its darkest pixel is 0 and its brightest 255. A channel of one value stays.</summary>
    public static void AutoContrast(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target)
    {
        Span<byte> tones = stackalloc byte[Values];
        for (var start = 0; start < source.Length; start += shape.Plane)
        {
            var (least, most) = (byte.MaxValue, byte.MinValue);
            foreach (var pixel in source.Slice(start, shape.Plane))
            {
                (least, most) = (Math.Min(least, pixel), Math.Max(most, pixel));
            }

            for (var value = (int)least; value <= most; value++)
            {
                tones[value] = least == most ? (byte)value : Blends.Round((value - least) * (double)byte.MaxValue / (most - least));
            }

            LookUp(tones, source.Slice(start, shape.Plane), target.Slice(start, shape.Plane));
        }
    }

    /// <summary>Spreads each channel's values so that about as many pixels are dark as bright. A channel of one value stays.</summary>
    public static void Equalize(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target)
    {
        Span<int> counts = stackalloc int[Values];
        Span<byte> tones = stackalloc byte[Values];
        for (var start = 0; start < source.Length; start += shape.Plane)
        {
            counts.Clear();
            foreach (var pixel in source.Slice(start, shape.Plane))
            {
                counts[pixel]++;
            }

            var darkest = counts[counts.IndexOfAnyExcept(0)];
            var (seen, above) = (0, shape.Plane - darkest);
            for (var value = 0; value < Values; value++)
            {
                seen += counts[value];
                tones[value] = above == 0 ? (byte)value : Blends.Round((seen - darkest) * (double)byte.MaxValue / above);
            }

            LookUp(tones, source.Slice(start, shape.Plane), target.Slice(start, shape.Plane));
        }
    }

    private static void LookUp(ReadOnlySpan<byte> tones, ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = tones[source[index]];
        }
    }
}
