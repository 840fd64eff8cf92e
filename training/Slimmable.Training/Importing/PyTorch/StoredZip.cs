using System.Buffers.Binary;
using System.Text;
using static Slimmable.Training.Requirement;

namespace Slimmable.Training;

/// <summary>
/// Reads a zip archive as <c>torch.save</c> writes it: files that are stored and not compressed, one after another, then the directory. It is
/// strict, so that nothing can unpack to more than the file has and no byte belongs to two files.
/// </summary>
internal static class StoredZip
{
    private const uint EndMark = 0x06054B50;
    private const int EndLength = 22;
    private const uint DirectoryMark = 0x02014B50;
    private const int DirectoryLength = 46;
    private const uint LocalMark = 0x04034B50;
    private const int LocalLength = 30;
    private const string Damaged = "the zip archive's directory is damaged";

    /// <summary>The files by name; their bytes are views of the archive's.</summary>
    /// <exception cref="FormatException">The archive is damaged, or is not of this kind.</exception>
    public static Dictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> archive)
    {
        var (directory, count) = Directory(archive);
        var entries = new List<Entry>(count);
        var position = directory.Start.Value;
        while (entries.Count < count)
        {
            entries.Add(ReadEntry(archive.Span[position..directory.End.Value], out var length));
            position += length;
        }

        Require(position == directory.End.Value, Damaged);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>();
        var end = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            var data = DataOf(archive.Span[..directory.Start.Value], entry);
            Require(entry.Offset >= end, $"{entry.Name.Quoted()}: overlaps the file before it");
            end = data.End.Value;
            Require(Crc32.Of(archive.Span[data]) == entry.Checksum, $"{entry.Name.Quoted()}: its checksum is wrong, so the file is damaged");
            Require(files.TryAdd(entry.Name, archive[data]), $"{entry.Name.Quoted()}: the name is used twice");
        }

        return files;
    }

    private static (Range Directory, int Count) Directory(ReadOnlyMemory<byte> archive)
    {
        var last = archive.Length - EndLength;
        var end = last < 0 ? [] : archive.Span[last..];
        Require(
            !end.IsEmpty && U32(end, 0) == EndMark && U16(end, 20) == 0,
            $"expected a zip archive to end with its directory, found none in the last {EndLength} bytes: the file is cut off or something follows it");
        Require(U32(end, 4) == 0 && U16(end, 8) == U16(end, 10), "expected a zip archive in one part");
        var (count, length, start) = (U16(end, 10), U32(end, 12), U32(end, 16));
        Require((long)start + length <= last, $"expected the zip archive's directory before byte {last}, found it at {start} with {length} bytes");
        return ((int)start..(int)(start + length), count);
    }

    private static Entry ReadEntry(ReadOnlySpan<byte> bytes, out int length)
    {
        Require(bytes.Length >= DirectoryLength && U32(bytes, 0) == DirectoryMark, Damaged);
        var nameLength = U16(bytes, 28);
        length = DirectoryLength + nameLength + U16(bytes, 30) + U16(bytes, 32);
        Require(bytes.Length >= length, Damaged);
        var name = Encoding.UTF8.GetString(bytes.Slice(DirectoryLength, nameLength));
        var (flags, method, packed, size) = (U16(bytes, 8), U16(bytes, 10), U32(bytes, 20), U32(bytes, 24));
        Require((flags & 1) == 0, $"{name.Quoted()}: expected a file in the clear, found it encrypted");
        Require(method == 0 && packed == size, $"{name.Quoted()}: expected a stored file, found one that unpacks from {packed} to {size} bytes");
        return new Entry(name, U32(bytes, 42), size, U32(bytes, 16));
    }

    /// <summary>Where a file's bytes are, by its own header: the directory does not say how long that is.</summary>
    private static Range DataOf(ReadOnlySpan<byte> files, Entry entry)
    {
        Require(entry.Offset + LocalLength <= files.Length, $"{entry.Name.Quoted()}: begins at byte {entry.Offset}, beyond the archive's files");
        var header = files[(int)entry.Offset..];
        var another = $"{entry.Name.Quoted()}: expected its header at byte {entry.Offset}, found another";
        Require(U32(header, 0) == LocalMark && U16(header, 8) == 0, another);
        var nameLength = U16(header, 26);
        var start = entry.Offset + LocalLength + nameLength + U16(header, 28);
        Require(start + entry.Length <= files.Length, $"{entry.Name.Quoted()}: {entry.Length} bytes from byte {start} reach beyond the archive's files");
        Require(Encoding.UTF8.GetString(header.Slice(LocalLength, nameLength)) == entry.Name, another);
        return (int)start..(int)(start + entry.Length);
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private sealed record Entry(string Name, long Offset, long Length, uint Checksum);
}
