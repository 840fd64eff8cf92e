using System.Text.Json;

namespace Slimmable.Models;

/// <summary>Parses the JSON header of a safetensors file and checks it against the file's length.</summary>
internal static class SafetensorsHeader
{
    /// <summary>Reads the header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataStart">Offset of the first data byte in the file.</param>
    /// <param name="fileLength">Bytes the file has.</param>
    /// <exception cref="FormatException">The header breaks a rule; the message says which.</exception>
    public static (Dictionary<string, TensorEntry> Tensors, Dictionary<string, string> Metadata) Parse(
        ReadOnlyMemory<byte> json, long dataStart, long fileLength)
    {
        if (json.IsEmpty || json.Span[0] != (byte)'{')
        {
            throw new FormatException("expected a header that starts with '{'");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(document.RootElement, dataStart, fileLength);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Text that is not Unicode is found only when it is asked for, and is then an InvalidOperationException.
            throw new FormatException($"expected a JSON header, found: {Excerpt.Of(fault)}", fault);
        }
    }

    private static (Dictionary<string, TensorEntry> Tensors, Dictionary<string, string> Metadata) Read(
        JsonElement header, long dataStart, long fileLength)
    {
        var tensors = new Dictionary<string, TensorEntry>();
        var metadata = new Dictionary<string, string>();
        foreach (var property in header.EnumerateObject())
        {
            if (property.Name == SafetensorsFormat.Metadata)
            {
                ReadMetadata(property.Value, metadata);
            }
            else
            {
                tensors.Add(property.Name, ReadEntry(property.Name, property.Value, dataStart, fileLength));
            }
        }

        CheckThatDataIsCoveredOnce(tensors.Values, dataStart, fileLength);
        return (tensors, metadata);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        Require(element.ValueKind == JsonValueKind.Object, $"expected an object in {SafetensorsFormat.Metadata}, found {element.ValueKind}");
        foreach (var property in element.EnumerateObject())
        {
            Require(property.Value.ValueKind == JsonValueKind.String, $"metadata '{Excerpt.Of(property.Name)}': expected text, found {property.Value.ValueKind}");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private static TensorEntry ReadEntry(string name, JsonElement element, long dataStart, long fileLength)
    {
        Require(element.ValueKind == JsonValueKind.Object, $"tensor '{Excerpt.Of(name)}': expected an object, found {element.ValueKind}");
        var complete = element.TryGetProperty(SafetensorsFormat.Type, out var type)
            & element.TryGetProperty(SafetensorsFormat.Shape, out var shape)
            & element.TryGetProperty(SafetensorsFormat.Offsets, out var offsets);
        Require(
            complete && type.ValueKind == JsonValueKind.String,
            $"tensor '{Excerpt.Of(name)}': expected {SafetensorsFormat.Type}, {SafetensorsFormat.Shape} and {SafetensorsFormat.Offsets}");

        var dimensions = ReadIntegers(name, SafetensorsFormat.Shape, shape, SafetensorsFormat.MostDimensions);
        var range = ReadIntegers(name, SafetensorsFormat.Offsets, offsets, most: 2);
        Require(range.Length == 2, $"tensor '{Excerpt.Of(name)}': expected 2 offsets, found {range.Length}");
        var (begin, end) = (range[0], range[1]);
        Require(begin <= end, $"tensor '{Excerpt.Of(name)}': its offsets [{begin}, {end}] run backwards");
        Require(end <= fileLength - dataStart, $"tensor '{Excerpt.Of(name)}': its offset {end} lies beyond the {fileLength - dataStart} data bytes of the file");

        var entry = new TensorEntry(name, TensorTypes.Parse(type.GetString()), type.GetString()!, dimensions, dataStart + begin, end - begin);
        if (entry.Type is { } known)
        {
            var expected = SafetensorsFormat.ByteLength(known, dimensions);
            Require(expected is not null, $"tensor '{Excerpt.Of(name)}': its shape {entry.ShapeText} of {known} is more than a file can hold");
            Require(entry.Length == expected, $"tensor '{Excerpt.Of(name)}': its shape {entry.ShapeText} of {known} takes {expected} bytes, found {entry.Length}");
        }

        return entry;
    }

    private static long[] ReadIntegers(string name, string what, JsonElement element, int most)
    {
        Require(
            element.ValueKind == JsonValueKind.Array && element.GetArrayLength() <= most,
            $"tensor '{Excerpt.Of(name)}': expected a list of at most {most} numbers in {what}");
        var values = new long[element.GetArrayLength()];
        for (var index = 0; index < values.Length; index++)
        {
            var item = element[index];
            Require(
                item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out values[index]) && values[index] >= 0,
                $"tensor '{Excerpt.Of(name)}': expected whole numbers from 0 up in {what}, found {Excerpt.Of(item.GetRawText())}");
        }

        return values;
    }

    private static void CheckThatDataIsCoveredOnce(IEnumerable<TensorEntry> tensors, long dataStart, long fileLength)
    {
        var position = dataStart;
        foreach (var entry in tensors.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length))
        {
            Require(
                entry.Offset == position,
                $"tensor '{Excerpt.Of(entry.Name)}': starts at data byte {entry.Offset - dataStart}, expected {position - dataStart} ({(entry.Offset < position ? "it overlaps another" : "there is a gap")})");
            position += entry.Length;
        }

        Require(position == fileLength, $"expected {position} bytes, found {fileLength}");
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new FormatException(fault);
        }
    }
}
