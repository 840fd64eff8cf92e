using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Slimmable.Models;

/// <summary>Reads numbers of a tensor, row-major.</summary>
/// <param name="first">The position of the first.</param>
/// <param name="target">Where they go; as many as it holds.</param>
public delegate void TensorReader(long first, Span<float> target);

/// <summary>
/// The numbers of a tensor, wherever they lie: in memory, in a file, or made from others as they are read. They are read in pieces, so a tensor may be
/// larger than memory.
/// </summary>
/// <param name="count">How many there are, from 0 up.</param>
/// <param name="read">Reads some of them; never asked for others than these.</param>
public sealed class TensorValues(long count, TensorReader read)
{
    private const int Piece = 1 << 18;

    /// <summary>How many there are.</summary>
    public long Count { get; } = count;

    /// <summary>Numbers in memory; they are not copied.</summary>
    /// <param name="values">Row-major.</param>
    public static TensorValues Of(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(values.Length, (first, target) => values.AsSpan((int)first, target.Length).CopyTo(target));
    }

    /// <summary>Numbers in memory; they are not copied.</summary>
    /// <param name="values">Row-major; null for none.</param>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator TensorValues?(float[]? values) => values is null ? null : Of(values);

    /// <summary>Reads some of the numbers.</summary>
    /// <param name="first">The position of the first, from 0 up.</param>
    /// <param name="target">Where they go; as many as it holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public void Read(long first, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Length, Count - first);
        read(first, target);
    }

    /// <summary>Reads all numbers.</summary>
    /// <exception cref="OutOfMemoryException">They are more than an array holds.</exception>
    public float[] ToArray()
    {
        var values = new float[Count];
        Read(0, values);
        return values;
    }

    /// <summary>Writes all numbers as 32-bit floats, little-endian.</summary>
    /// <param name="stream">Where they go.</param>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Visit((_, piece) => stream.Write(MemoryMarshal.AsBytes(piece)));
    }

    /// <summary>Shows all numbers, a piece at a time, in order.</summary>
    /// <param name="visit">Takes the position of a piece's first number, and the piece, which is valid until it returns.</param>
    public void Visit(Action<long, ReadOnlySpan<float>> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var buffer = new float[(int)Math.Min(Piece, Count)];
        for (var first = 0L; first < Count; first += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, Count - first));
            Read(first, piece);
            visit(first, piece);
        }
    }

    /// <summary>The first number that is not finite, too small or too large, and its position; null where there is none.</summary>
    /// <param name="least">The smallest that is not; default any.</param>
    /// <param name="most">The largest that is not; default any.</param>
    public (long Position, float Value)? FirstBad(float least = float.MinValue, float most = float.MaxValue)
    {
        (long, float)? bad = null;
        Visit((first, piece) =>
        {
            if (bad is null && piece.IndexOfAnyExceptInRange(least, most) is >= 0 and var index)
            {
                bad = (first + index, piece[index]);
            }
        });
        return bad;
    }
}
