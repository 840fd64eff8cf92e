using Google.Protobuf.Reflection;

namespace Slimmable.Export.Tests;

/// <summary>A field of a protocol buffer as it stands in the file: taken apart without the library, so that it can be put together wrong.</summary>
internal sealed class WireField
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Delimited = 2;
    public const int Fixed32 = 5;

    public int Number { get; set; }

    public int Type { get; set; }

    /// <summary>Of a varint.</summary>
    public ulong Value { get; set; }

    /// <summary>Of what is neither a varint nor a message.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>Of a message.</summary>
    public List<WireField>? Fields { get; set; }

    /// <summary>A length to be written in the place of the right one.</summary>
    public ulong? Lie { get; set; }

    /// <summary>Takes a well-formed message apart.</summary>
    public static List<WireField> Parse(ReadOnlySpan<byte> bytes, MessageDescriptor message)
    {
        var fields = new List<WireField>();
        while (!bytes.IsEmpty)
        {
            var tag = ReadVarint(ref bytes);
            var field = new WireField { Number = (int)(tag >> 3), Type = (int)(tag & 7) };
            if (field.Type == Varint)
            {
                field.Value = ReadVarint(ref bytes);
            }
            else
            {
                var length = field.Type switch { Fixed64 => 8, Fixed32 => 4, _ => (int)ReadVarint(ref bytes) };
                if (field.Type == Delimited && message.FindFieldByNumber(field.Number) is { FieldType: FieldType.Message } child)
                {
                    field.Fields = Parse(bytes[..length], child.MessageType);
                }
                else
                {
                    field.Bytes = bytes[..length].ToArray();
                }

                bytes = bytes[length..];
            }

            fields.Add(field);
        }

        return fields;
    }

    /// <summary>Puts a message together, with the right lengths but for the lies.</summary>
    public static byte[] Write(IEnumerable<WireField> fields)
    {
        var bytes = new List<byte>();
        foreach (var field in fields)
        {
            AddVarint(bytes, ((ulong)field.Number << 3) | (uint)field.Type);
            if (field.Type == Varint)
            {
                AddVarint(bytes, field.Value);
                continue;
            }

            var content = field.Fields is null ? field.Bytes : Write(field.Fields);
            if (field.Type == Delimited)
            {
                AddVarint(bytes, field.Lie ?? (ulong)content.Length);
            }

            bytes.AddRange(content);
        }

        return [.. bytes];
    }

    public WireField Copy() => new()
    {
        Number = Number,
        Type = Type,
        Value = Value,
        Bytes = Bytes,
        Lie = Lie,
        Fields = Fields?.ConvertAll(field => field.Copy()),
    };

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static void AddVarint(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
