using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Slimmable.Export.Onnx;
using Slimmable.Models;
using static Slimmable.Export.FindingList;

namespace Slimmable.Export;

/// <summary>
/// Checks weights whose numbers are in another file: one beside the model that may be read, a range within it that is as long as the shape takes and
/// is no other weight's, finite numbers. The file may be larger than memory and is read in pieces.
/// </summary>
/// <param name="folder">The model's folder.</param>
/// <param name="allows">Whether a file of that name may be read.</param>
/// <param name="findings">Gets what is wrong.</param>
internal sealed class ExternalDataCheck(string folder, Func<string, bool> allows, FindingList findings) : IDisposable
{
    private const int Piece = 1 << 20;

    private readonly Dictionary<string, SafeFileHandle?> files = [];
    private readonly List<(string File, long Start, long End, string What, Action CheckNumbers)> ranges = [];
    private readonly Dictionary<TensorProto, (SafeFileHandle File, long Start)> places = new(ReferenceEqualityComparer.Instance);
    private readonly byte[] piece = new byte[Piece];

    /// <summary>Checks one weight.</summary>
    /// <param name="tensor">The weight.</param>
    /// <param name="what">What it is called in findings.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="expected">The bytes that its shape takes; null for too many.</param>
    public void Check(TensorProto tensor, string what, OnnxType type, long? expected)
    {
        var entries = tensor.ExternalData.ToLookup(entry => entry.Key, entry => entry.Value);
        if (tensor.ExternalData.Count != 3 || entries["location"].SingleOrDefault() is not { } file
            || Number(entries["offset"]) is not { } start || Number(entries["length"]) is not { } length)
        {
            var found = string.Join(", ", tensor.ExternalData.Take(8).Select(entry => $"{Quote(entry.Key)} {Quote(entry.Value)}"));
            findings.Add(FindingRules.ExternalData, $"{what}: expected a location, an offset and a length, found {(found.Length == 0 ? "none" : found)}");
            return;
        }

        if (!findings.Require(
            length == expected,
            FindingRules.ExternalData,
            $"{what}: its shape [{string.Join(", ", tensor.Dims.Take(8))}] takes {expected?.ToString() ?? "too many"} bytes, found a length of {length}"))
        {
            return;
        }

        if (Open(file, what) is { } handle)
        {
            var size = RandomAccess.GetLength(handle);
            if (findings.Require(
                start <= size - length, FindingRules.ExternalData, $"{what}: expected a range within the {size} bytes of {Quote(file)}, found {start} and {length} more"))
            {
                ranges.Add((file, start, start + length, what, () => CheckNumbers(handle, start, length, type, what)));
                places.TryAdd(tensor, (handle, start));
            }
        }
    }

    /// <summary>
    /// Checks that no two weights share bytes, and that the numbers of each are finite. What is shared is not read again: a small model could have a large
    /// file read any number of times.
    /// </summary>
    public void CheckRanges()
    {
        (string File, long Start, long End, string What, Action CheckNumbers) before = default;
        foreach (var range in ranges.OrderBy(range => range.File, StringComparer.Ordinal).ThenBy(range => range.Start))
        {
            if (findings.Require(
                range.File != before.File || range.Start >= before.End,
                FindingRules.ExternalData,
                $"{range.What}: expected bytes of its own from {before.End} on, found {range.Start}, within {before.What}"))
            {
                range.CheckNumbers();
                before = range;
            }
        }
    }

    /// <summary>A weight's bytes, wherever they are; null for one that is not right.</summary>
    /// <param name="tensor">A weight that was checked.</param>
    /// <param name="length">The bytes that its shape takes.</param>
    public ReadOnlyMemory<byte>? Read(TensorProto tensor, int length)
    {
        if (!places.TryGetValue(tensor, out var place))
        {
            return tensor.RawData.Length == length ? tensor.RawData.Memory : null;
        }

        var bytes = new byte[length];
        return RandomAccess.Read(place.File, bytes, place.Start) == length ? bytes : null;
    }

    public void Dispose()
    {
        foreach (var file in files.Values)
        {
            file?.Dispose();
        }
    }

    private static long? Number(IEnumerable<string> texts) =>
        texts.SingleOrDefault() is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private SafeFileHandle? Open(string file, string what)
    {
        if (files.TryGetValue(file, out var open))
        {
            return open;
        }

        // A plain name has no folder in it, and stands for no other one.
        var isPlain = file.Length > 0 && file is not ("." or "..") && file.AsSpan().IndexOfAny("/\\:\0") < 0;
        if (findings.Require(isPlain && allows(file), FindingRules.ExternalData, $"{what}: expected a file of the bundle beside the graph, found {Quote(file)}"))
        {
            try
            {
                // A link may lead out of the folder. An empty file is not opened: it may be a pipe, and would never end.
                var path = ContainedFile.PlaceOf(folder, file);
                open = new FileInfo(path).Length == 0 ? null : File.OpenHandle(path);
                findings.Require(open is not null, FindingRules.ExternalData, $"{what}: expected numbers in {Quote(file)}, found an empty file");
            }
            catch (InvalidFileException fault)
            {
                findings.Add(FindingRules.ExternalData, $"{what}: {Quote(file)} cannot be read: {Clean(fault.Reason)}");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                findings.Add(FindingRules.ExternalData, $"{what}: {Quote(file)} cannot be read: {Clean(fault.Message)}");
            }
        }

        files.Add(file, open);
        return open;
    }

    private void CheckNumbers(SafeFileHandle file, long start, long length, OnnxType type, string what)
    {
        for (long done = 0; done < length;)
        {
            var part = piece.AsSpan(0, (int)Math.Min(Piece, length - done));
            var read = 0;
            while (read < part.Length && RandomAccess.Read(file, part[read..], start + done + read) is > 0 and var count)
            {
                read += count;
            }

            if (!findings.Require(read == part.Length, FindingRules.ExternalData, $"{what}: its file shrank while it was read"))
            {
                return;
            }

            var bad = InitializerCheck.IndexOfNotFinite(part, type);
            if (!findings.Require(bad < 0, FindingRules.WeightNumbers, $"{what}: expected finite numbers, found another at element {(done / type.Bytes()) + bad}"))
            {
                return;
            }

            done += part.Length;
        }
    }
}
