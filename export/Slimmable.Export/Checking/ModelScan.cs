using Google.Protobuf.Reflection;
using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>
/// Walks an ONNX file before it is parsed and adds up what it would take in memory. Protocol buffers expand: an empty tensor is 2 bytes in a file and an
/// object of hundreds in memory, a list of small numbers grows eightfold and more, so a file of 10 MB could take a gigabyte. A file that could take more
/// than 4 times its size and 64 MiB is refused unparsed.
/// </summary>
/// <remarks>
/// It is linear, builds nothing, passes over weights without reading them, and sees the structure that Google.Protobuf sees, by the same description of
/// the messages; what the two could see differently is refused. The charges are upper bounds, with what the checker makes of the parts: a message comes with a
/// place in a list and with its lists' first places, a name with entries in up to three tables, and lists and texts are copied as they grow.
/// </remarks>
internal sealed class ModelScan
{
    /// <summary>Messages within messages. A model needs 7, and 3 more for every graph within a graph: enough for 8 of those.</summary>
    public const int Deepest = 32;

    /// <summary>Bytes of a name, unless it is a free text: names are compared time and again.</summary>
    private const int LongestName = 4096;

    private const int FileShare = 4;
    private const long FreeBytes = 64 << 20;

    private const int Message = 128;
    private const int Field = 40;
    private const int Text = 320;
    private const int Number = 64;
    private const int Byte = 3;

    private readonly Stream stream;
    private readonly long limit;
    private long position;
    private long charged;

    private ModelScan(Stream stream)
    {
        this.stream = stream;
        limit = (FileShare * stream.Length) + FreeBytes;
    }

    private enum Wire
    {
        Varint = 0,
        Fixed64 = 1,
        Delimited = 2,
        Fixed32 = 5,
    }

    /// <summary>Walks the whole file, from the stream's start.</summary>
    /// <exception cref="FormatException">The file is no protocol buffer, nests too deep, or could take too much memory.</exception>
    public static void Run(Stream stream) => new ModelScan(stream).Walk(ModelProto.Descriptor, stream.Length, 1);

    private void Walk(MessageDescriptor message, long end, int depth)
    {
        Charge(Message + (Field * message.Fields.InFieldNumberOrder().Count));
        var seen = 0UL;
        while (position < end)
        {
            var tag = ReadVarint(end);
            if (tag is <= 7 or > uint.MaxValue)
            {
                throw Fault($"a field of number {tag >> 3}");
            }

            var field = message.FindFieldByNumber((int)(tag >> 3));
            switch ((Wire)(tag & 7))
            {
                case Wire.Varint:
                    ReadVarint(end);
                    Charge(field is { IsRepeated: true } ? Number : 0);
                    break;
                case Wire.Fixed64:
                    Skip(sizeof(long), end);
                    Charge(field is { IsRepeated: true } ? Number : 0);
                    break;
                case Wire.Fixed32:
                    Skip(sizeof(int), end);
                    Charge(field is { IsRepeated: true } ? Number : 0);
                    break;
                case Wire.Delimited:
                    seen = WithSingle(field, seen);
                    WalkDelimited(field, end, depth);
                    break;
                default:
                    throw Fault($"a field of wire type {tag & 7}, which ONNX has not");
            }
        }
    }

    /// <summary>A message that stands once may not be given in pieces: the library copies the earlier ones at each further one, and that without end.</summary>
    private ulong WithSingle(FieldDescriptor? field, ulong seen)
    {
        if (field is not { FieldType: FieldType.Message, IsRepeated: false })
        {
            return seen;
        }

        var bit = 1UL << field.FieldNumber;
        return (seen & bit) == 0 ? seen | bit : throw Fault($"a second '{field.Name}' of one {field.ContainingType.Name}");
    }

    private void WalkDelimited(FieldDescriptor? field, long end, int depth)
    {
        var length = (long)Math.Min(ReadVarint(end), long.MaxValue);
        if (length > end - position)
        {
            throw Fault($"a length of {length} where {end - position} bytes are left");
        }

        if (field is { FieldType: FieldType.Message })
        {
            if (depth == Deepest)
            {
                throw Fault($"messages nested more than {Deepest} deep");
            }

            Walk(field.MessageType, position + length, depth + 1);
            return;
        }

        if (length > LongestName && field is { FieldType: FieldType.String, Name: not ("value" or "doc_string") })
        {
            throw Fault($"{length} bytes in '{field.Name}', of which {LongestName} are allowed");
        }

        Charge(field switch
        {
            null => 0,
            { FieldType: FieldType.String } => Text + (Byte * length),
            { FieldType: FieldType.Bytes } => Number + (Byte * length),
            { FieldType: FieldType.Float or FieldType.Double } => Number + (Byte * length),
            _ => Number * length, // A packed number takes a byte or more.
        });
        Skip(length, end);
    }

    private ulong ReadVarint(long end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = position < end ? stream.ReadByte() : -1;
            if (next < 0)
            {
                throw Fault("a number cut short");
            }

            position++;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Fault("a number of more than 10 bytes");
    }

    private void Skip(long length, long end)
    {
        if (length > end - position)
        {
            throw Fault("a number cut short");
        }

        position += length;
        stream.Seek(length, SeekOrigin.Current);
    }

    private void Charge(long bytes)
    {
        charged += bytes;
        if (charged > limit)
        {
            throw Fault($"more messages, names and numbers than {limit} bytes of memory hold for certain, which is {FileShare} times the file and {FreeBytes}");
        }
    }

    private FormatException Fault(string found) => new($"at byte {position}, {found}");
}
