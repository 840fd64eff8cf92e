using System.Globalization;
using System.Runtime.InteropServices;

namespace Slimmable.Export;

/// <summary>Compares two weights of one type and shape.</summary>
internal static class WeightDiff
{
    private const int Piece = 1 << 20;

    /// <summary>How far they are apart; null where they are equal to the last bit.</summary>
    public static string? Between(WeightBytes left, WeightBytes right)
    {
        if (left.Length != right.Length)
        {
            return $"{left.Length} bytes in the first, {right.Length} in the second";
        }

        var (size, largest, count) = (left.Type?.Bytes() ?? 1, 0.0, 0L);
        var (first, second) = (new byte[Piece], new byte[Piece]);
        for (long done = 0; done < left.Length; done += Piece)
        {
            var length = (int)Math.Min(Piece, left.Length - done);
            var here = first.AsSpan(0, length);
            var there = second.AsSpan(0, length);
            left.Read(done, here);
            right.Read(done, there);
            for (var place = here.CommonPrefixLength(there) / size * size; place + size <= length; place += size)
            {
                if (!here.Slice(place, size).SequenceEqual(there.Slice(place, size)))
                {
                    count++;
                    var difference = Math.Abs(NumberAt(here[place..], left.Type) - NumberAt(there[place..], left.Type));
                    largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
                }
            }
        }

        return count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} of {left.Length / size} numbers differ, by at most {largest:0.0e+0}");
    }

    private static double NumberAt(ReadOnlySpan<byte> bytes, OnnxType? type) => type switch
    {
        OnnxType.Float => MemoryMarshal.Read<float>(bytes),
        OnnxType.Float16 => (double)MemoryMarshal.Read<Half>(bytes),
        OnnxType.Int64 => MemoryMarshal.Read<long>(bytes),
        _ => bytes[0],
    };
}
