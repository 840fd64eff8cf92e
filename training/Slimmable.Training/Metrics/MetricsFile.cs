using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A run's metrics: a file of JSON objects, one a line, in the order in which they came about.</summary>
public static class MetricsFile
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Reads the lines. What a run that was killed had not written to its line's end does not count.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lines; none where there is no file.</returns>
    /// <exception cref="InvalidFileException">The file cannot be read, or a line is not one of metrics; the message has its number.</exception>
    public static IReadOnlyList<MetricsLine> Read(string path)
    {
        var text = Bytes(path).AsSpan();
        var lines = new List<MetricsLine>();
        for (int length; (length = text.IndexOf(LineEnd)) >= 0; text = text[(length + 1)..])
        {
            lines.Add(Parse(path, lines.Count + 1, text[..length]));
        }

        return lines;
    }

    /// <summary>Puts lines in place of those that the file has; without any there will be no file.</summary>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    internal static void Replace(string path, IReadOnlyList<MetricsLine> lines)
    {
        if (lines.Count > 0)
        {
            AtomicFile.Write(path, stream => stream.Write([.. lines.SelectMany(ToBytes)]));
        }
        else if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>Adds a line at the end.</summary>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    internal static void Append(string path, MetricsLine line)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Write(ToBytes(line));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be written: {fault.Message}", fault);
        }
    }

    private static byte[] ToBytes(MetricsLine line) => [.. JsonSerializer.SerializeToUtf8Bytes(line, MetricsJson.Default.MetricsLine), LineEnd];

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    private static MetricsLine Parse(string path, int number, ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, MetricsJson.Default.MetricsLine) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new InvalidFileException(path, $"line {number}: expected metrics, found: {fault.Message}", fault);
        }
    }
}
