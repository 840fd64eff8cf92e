using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slimmable.Models;

/// <summary>
/// Writes safetensors files. The same tensors and metadata give the same bytes: tensors are ordered by element size, widest first, then by
/// name, metadata by key. The header is padded with spaces to 8 bytes, so that every element lies aligned in the file.
/// </summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file beside <paramref name="path"/> and renames it.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="tensors">The tensors, with distinct names.</param>
    /// <param name="metadata">Free-form text by key.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, a shape does not fit its bytes, or a tensor could not be read again.</exception>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors.OrderByDescending(tensor => tensor.Type.Size()).ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        Check(ordered);
        AtomicFile.Write(path, stream =>
        {
            WriteHeader(stream, ordered, metadata ?? new Dictionary<string, string>());
            foreach (var tensor in ordered)
            {
                tensor.WriteTo(stream);
            }
        });
    }

    private static void Check(List<TensorSource> tensors)
    {
        if (tensors.GroupBy(tensor => tensor.Name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new ArgumentException($"tensor '{repeated.Key}': the name is used twice", nameof(tensors));
        }

        foreach (var tensor in tensors)
        {
            if (FaultOf(tensor) is { } fault)
            {
                throw new ArgumentException($"tensor '{tensor.Name}': {fault}", nameof(tensors));
            }
        }
    }

    private static string? FaultOf(TensorSource tensor)
    {
        var shape = $"[{string.Join(", ", tensor.Shape)}]";
        if (tensor.Name == SafetensorsFormat.Metadata)
        {
            return "the name is kept for the metadata";
        }

        if (tensor.Shape.Count > SafetensorsFormat.MostDimensions || tensor.Shape.Any(length => length < 0))
        {
            return $"expected at most {SafetensorsFormat.MostDimensions} lengths from 0 up, found {shape}";
        }

        return SafetensorsFormat.ByteLength(tensor.Type, tensor.Shape) switch
        {
            null => $"its shape {shape} of {tensor.Type} is more than a file can hold",
            { } expected when expected != tensor.Length => $"its shape {shape} of {tensor.Type} takes {expected} bytes, found {tensor.Length}",
            _ => null,
        };
    }

    private static void WriteHeader(Stream stream, List<TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header, HeaderOptions))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.Length;
            }

            json.WriteEndObject();
        }

        const int Alignment = SafetensorsFormat.LengthBytes;
        var padding = (Alignment - (header.WrittenCount % Alignment)) % Alignment;
        Span<byte> length = stackalloc byte[SafetensorsFormat.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.WrittenCount + padding);
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        stream.Write("        "u8[..padding]);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(SafetensorsFormat.Metadata);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorSource tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString(SafetensorsFormat.Type, tensor.Type.ToString());
        json.WriteStartArray(SafetensorsFormat.Shape);
        foreach (var length in tensor.Shape)
        {
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteStartArray(SafetensorsFormat.Offsets);
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
