using System.Text;

namespace Slimmable.Runtime.Tests;

/// <summary>ONNX files whose parts take far more memory than they take in the file, put together by hand.</summary>
internal static class ModelBombs
{
    private const int Graph = 7;
    private const int Node = 1;
    private const int Initializer = 5;
    private const int Input = 11;
    private const int ValueInfo = 13;
    private const int Attribute = 5;

    /// <summary>By name, a file with about so many bytes of one part.</summary>
    public static IReadOnlyDictionary<string, Func<int, byte[]>> All { get; } = new Dictionary<string, Func<int, byte[]>>
    {
        ["empty nodes"] = bytes => Field(Graph, Repeat(bytes, _ => Field(Node))),
        ["empty weights"] = bytes => Field(Graph, Repeat(bytes, _ => Field(Initializer))),
        ["empty inputs"] = bytes => Field(Graph, Repeat(bytes, _ => Field(Input))),
        ["empty values"] = bytes => Field(Graph, Repeat(bytes, _ => Field(ValueInfo))),
        ["empty attributes"] = bytes => Field(Graph, Field(Node, Repeat(bytes, _ => Field(Attribute)))),
        ["empty graphs"] = bytes => Field(Graph, Field(Node, Repeat(bytes, _ => Field(Attribute, Field(6))))),
        ["empty dimensions"] = bytes => Field(Graph, Field(Input, Field(2, Field(1, Field(2, Repeat(bytes, _ => Field(1))))))),
        ["empty operator sets"] = bytes => Repeat(bytes, _ => Field(8)),
        ["empty metadata"] = bytes => Repeat(bytes, _ => Field(14)),
        ["empty functions"] = bytes => Repeat(bytes, _ => Field(25)),
        ["named weights"] = bytes => Field(Graph, Repeat(bytes, index => Field(Initializer, Field(8, Name(index))))),
        ["named nodes"] = bytes => Field(Graph, Repeat(bytes, index => Field(Node, [.. Field(3, Name(index)), .. Field(2, Name(index)), .. Field(4, Name(index))]))),
        ["chained nodes"] = bytes => [.. Head(), .. Field(Graph, [.. Wide(), .. Repeat(bytes, Chained)])],
        ["numbers handed on"] = bytes => [.. Head(), .. Field(Graph, [.. Listed(), .. Repeat(bytes, Joined)])],
        ["a node of two weights of a long name"] = bytes => Field(Graph, [.. Field(Initializer, Field(8, Letters(bytes / 2))), .. Field(Initializer, Field(8, Letters(bytes / 2)))]),
        ["a long doc string"] = bytes => Field(Graph, Field(10, Letters(bytes))),
        ["names that a node reads"] = bytes => Field(Graph, Field(Node, Repeat(bytes, index => Field(1, Name(index))))),
        ["names that a node gives"] = bytes => Field(Graph, Field(Node, Repeat(bytes, index => Field(2, Name(index))))),
        ["no names that a node reads"] = bytes => Field(Graph, Field(Node, Repeat(bytes, _ => Field(1)))),
        ["small whole numbers, packed"] = bytes => Field(Graph, Field(Node, Field(Attribute, Field(8, new byte[bytes])))),
        ["small whole numbers, unpacked"] = bytes => Field(Graph, Field(Node, Field(Attribute, Repeat(bytes, _ => [8 << 3, 1])))),
        ["floats"] = bytes => Field(Graph, Field(Node, Field(Attribute, Field(7, new byte[bytes & ~3])))),
        ["empty texts"] = bytes => Field(Graph, Field(Node, Field(Attribute, Repeat(bytes, _ => Field(9))))),
        ["dims, packed"] = bytes => Field(Graph, Field(Initializer, Field(1, Ones(bytes)))),
        ["dims, unpacked"] = bytes => Field(Graph, Field(Initializer, Repeat(bytes, _ => [1 << 3, 1]))),
        ["32-bit data"] = bytes => Field(Graph, Field(Initializer, Field(5, new byte[bytes]))),
        ["float data"] = bytes => Field(Graph, Field(Initializer, Field(4, new byte[bytes & ~3]))),
        ["64-bit data, many lists"] = bytes => Field(Graph, Repeat(bytes, _ => Field(Initializer, Field(7, [1])))),
        ["raw data"] = bytes => Field(Graph, Field(Initializer, Field(9, new byte[bytes]))),
        ["a long text"] = bytes => Field(Graph, Field(Node, Field(Attribute, [.. Field(1, "mode"u8.ToArray()), .. Field(4, Letters(bytes))]))),
        ["a long name"] = bytes => Field(Graph, Field(Node, Field(3, Letters(bytes)))),
        ["a long operator"] = bytes => Field(Graph, Field(Node, Field(4, Letters(bytes)))),
        ["a long symbol"] = bytes => Field(Graph, Field(Input, Field(2, Field(1, Field(2, Field(1, Field(2, Letters(bytes)))))))),
        ["unknown numbers"] = bytes => Repeat(bytes, _ => [0xA0, 0x06, 1]),
        ["unknown messages"] = bytes => Field(Graph, Repeat(bytes, _ => Field(100))),
        ["deep graphs"] = Deep,
    };

    /// <summary>A field of bytes, e.g. a message, or empty.</summary>
    public static byte[] Field(int number, params byte[] content) => [.. Varint((uint)((number << 3) | 2)), .. Varint((uint)content.Length), .. content];

    private static byte[] Head() => [1 << 3, 8, .. Field(8, 2 << 3, 17)];

    /// <summary>An input of as many dimensions as a shape may have, and a list that any node may hand on.</summary>
    private static byte[] Wide()
    {
        var dimension = Field(1, 1 << 3, 1);
        var shape = Field(2, [.. Enumerable.Repeat(dimension, 8).SelectMany(bytes => bytes)]);
        var type = Field(2, Field(1, [1 << 3, 1, .. shape]));
        return [.. Field(2, "g"u8.ToArray()), .. Field(Input, [.. Field(1, Name(0)), .. type])];
    }

    private static byte[] Chained(int index) => Field(
        Node, [.. Field(1, Name(index)), .. Field(1, Name(index)), .. Field(2, Name(index + 1)), .. Field(3, Name(index)), .. Field(4, "Add"u8.ToArray())]);

    /// <summary>A list of 32 whole numbers.</summary>
    private static byte[] Listed() =>
    [
        .. Field(2, "g"u8.ToArray()), .. Field(Initializer, [1 << 3, 32, 2 << 3, 7, .. Field(8, "L"u8.ToArray()), .. Field(9, new byte[32 * sizeof(long)])]),
    ];

    /// <summary>The list twice.</summary>
    private static byte[] Joined(int index)
    {
        var axis = Field(Attribute, [.. Field(1, "axis"u8.ToArray()), 3 << 3, 0, 0xA0, 1, 2]);
        return Field(
            Node, [.. Field(1, "L"u8.ToArray()), .. Field(1, "L"u8.ToArray()), .. Field(2, Name(index)), .. Field(3, Name(index)), .. Field(4, "Concat"u8.ToArray()), .. axis]);
    }

    private static byte[] Deep(int bytes)
    {
        var inner = Field(Graph);
        var rest = bytes;
        for (var level = 0; level < 9; level++, rest /= 2)
        {
            inner = [.. Repeat(rest / 4, _ => Field(Node)), .. Field(Node, Field(Attribute, Field(6, inner)))];
        }

        return Field(Graph, inner);
    }

    private static byte[] Name(int index)
    {
        var letters = new byte[] { (byte)('a' + (index % 26)), (byte)('a' + (index / 26 % 26)), (byte)('a' + (index / 676 % 26)) };
        return index < 17_576 ? letters : [.. letters, .. Encoding.ASCII.GetBytes($"{index / 17_576}")];
    }

    private static byte[] Letters(int bytes)
    {
        var letters = new byte[bytes];
        Array.Fill(letters, (byte)'x');
        return letters;
    }

    private static byte[] Ones(int bytes)
    {
        var ones = new byte[bytes];
        Array.Fill(ones, (byte)1);
        return ones;
    }

    private static byte[] Repeat(int bytes, Func<int, byte[]> part)
    {
        using var parts = new MemoryStream(bytes + 64);
        for (var index = 0; parts.Length < bytes; index++)
        {
            parts.Write(part(index));
        }

        return parts.ToArray();
    }

    private static List<byte> Varint(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }
}
