using System.Text;

namespace Slimmable.Training.Tests;

/// <summary>A file of a hand-made archive; what is not given is as it should be.</summary>
internal sealed record RawZipFile(string Name, byte[] Content)
{
    public ushort Flags { get; init; }

    public ushort Method { get; init; }

    /// <summary>What the directory says of the length before packing.</summary>
    public uint Size { get; init; } = (uint)Content.Length;

    public uint Checksum { get; init; } = Crc32.Of(Content);

    /// <summary>The name in the file's own header.</summary>
    public string LocalName { get; init; } = Name;

    /// <summary>Of what stands between the name in the file's own header and the content, by that header.</summary>
    public ushort ExtraLength { get; init; }

    /// <summary>Where the directory says that the file begins, by the place it has.</summary>
    public Func<int, int> Offset { get; init; } = place => place;
}

/// <summary>Puts zip archives of stored files together by hand, right or wrong.</summary>
internal static class RawZip
{
    public static byte[] Of(params IReadOnlyList<(string Name, byte[] Content)> files) => Of([.. files.Select(file => new RawZipFile(file.Name, file.Content))]);

    public static byte[] Of(params IReadOnlyList<RawZipFile> files)
    {
        var archive = new MemoryStream();
        using var writer = new BinaryWriter(archive);
        var places = new List<int>();
        foreach (var file in files)
        {
            places.Add((int)archive.Position);
            writer.Write(0x04034B50);
            WriteFacts(writer, file, file.LocalName);
            writer.Write(file.ExtraLength);
            writer.Write(Encoding.UTF8.GetBytes(file.LocalName));
            writer.Write(file.Content);
        }

        var directory = (int)archive.Position;
        foreach (var (file, place) in files.Zip(places))
        {
            writer.Write(0x02014B50);
            writer.Write((ushort)0);
            WriteFacts(writer, file, file.Name);
            writer.Write(new byte[12]);
            writer.Write(file.Offset(place));
            writer.Write(Encoding.UTF8.GetBytes(file.Name));
        }

        var length = (int)archive.Position - directory;
        writer.Write(0x06054B50);
        writer.Write(0);
        writer.Write((ushort)files.Count);
        writer.Write((ushort)files.Count);
        writer.Write(length);
        writer.Write(directory);
        writer.Write((ushort)0);
        return archive.ToArray();
    }

    /// <summary>A checkpoint as PyTorch lays it out.</summary>
    public static byte[] Checkpoint(byte[] pickle, params IReadOnlyList<(string Key, byte[] Storage)> storages) =>
        Of([("archive/data.pkl", pickle), .. storages.Select(storage => ($"archive/data/{storage.Key}", storage.Storage)), ("archive/version", "3\n"u8.ToArray())]);

    private static void WriteFacts(BinaryWriter writer, RawZipFile file, string name)
    {
        writer.Write((ushort)20);
        writer.Write(file.Flags);
        writer.Write(file.Method);
        writer.Write(0);
        writer.Write(file.Checksum);
        writer.Write(file.Content.Length);
        writer.Write(file.Size);
        writer.Write((ushort)Encoding.UTF8.GetByteCount(name));
    }
}
