using System.Buffers.Binary;
using System.Text;

namespace Slimmable.Training;

/// <summary>
/// A pickle's bytes, read from front to back. A length that the file claims is held against what is left before anything is made of it.
/// </summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The next byte's.</summary>
    public int Position { get; private set; }

    public bool AtEnd => Position == bytes.Length;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double F64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(uint length) => Encoding.UTF8.GetString(Take(length));

    /// <summary>Text up to a line's end, without it.</summary>
    public string Line()
    {
        var length = bytes.Span[Position..].IndexOf((byte)'\n');
        var line = Text(length >= 0 ? (uint)length : throw new FormatException("expected a line that ends"));
        Position++;
        return line;
    }

    /// <summary>A signed number of a length that comes first.</summary>
    public long Long()
    {
        var digits = Take(U8());
        if (digits.Length > sizeof(long))
        {
            throw new FormatException($"expected a number of at most {sizeof(long)} bytes, found {digits.Length}");
        }

        Span<byte> whole = stackalloc byte[sizeof(long)];
        whole.Fill(digits.Length > 0 && (digits[^1] & 0x80) != 0 ? byte.MaxValue : byte.MinValue);
        digits.CopyTo(whole);
        return BinaryPrimitives.ReadInt64LittleEndian(whole);
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        var left = bytes.Length - Position;
        if (length > left)
        {
            throw new FormatException($"expected {length} more bytes, found the end after {left}");
        }

        var taken = bytes.Span.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
