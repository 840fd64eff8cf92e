using System.IO.Compression;
using System.Text;

namespace Slimmable.Training.Tests.Importing;

public class StoredZipTests
{
    private static readonly RawZipFile First = new("a/first", [1, 2, 3]);
    private static readonly RawZipFile Second = new("a/second", [4, 5]);

    [Fact]
    public void Stored_files_are_read_as_another_writer_wrote_them()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("a/é", "text"), ("a/nothing", ""), ("b", new string('x', 100_000)) })
            {
                using var file = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                file.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        var files = StoredZip.Read(stream.ToArray());

        Assert.Equal(["a/nothing", "a/é", "b"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("text"u8, files["a/é"].Span);
        Assert.True(files["a/nothing"].IsEmpty);
        Assert.Equal(100_000, files["b"].Span.Count((byte)'x'));
    }

    [Fact]
    public void The_checksum_is_that_of_the_format() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void A_zip_bomb_is_refused_before_anything_is_unpacked()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var file = archive.CreateEntry("archive/data.pkl", CompressionLevel.SmallestSize).Open();
            file.Write(new byte[64 << 20]);
        }

        var bomb = stream.ToArray();
        using var packed = new ZipArchive(stream);
        var (name, length) = (packed.Entries[0].FullName, packed.Entries[0].CompressedLength);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bomb, $"'{name}': expected a stored file, found one that unpacks from {length} to 67108864 bytes");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void A_length_that_the_file_does_not_have_is_refused()
    {
        Refused(RawZip.Of([First with { Size = uint.MaxValue }]), "'a/first': expected a stored file, found one that unpacks from 3 to 4294967295 bytes");
        Refused(RawZip.Of([First with { Method = 8 }]), "'a/first': expected a stored file, found one that unpacks from 3 to 3 bytes");
    }

    [Fact]
    public void Files_that_share_bytes_are_refused()
    {
        var inner = RawZip.Of([Second])[..^(46 + Second.Name.Length + 22)];
        var outer = new RawZipFile("a/outer", inner);

        // The second entry points into the content of the first.
        Refused(RawZip.Of([outer, Second with { Offset = _ => 30 + outer.Name.Length }]), "'a/second': overlaps the file before it");
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_said_with_its_name()
    {
        Refused(RawZip.Of([First, First]), "'a/first': the name is used twice");
        Refused(RawZip.Of([First with { Checksum = 7 }]), "'a/first': its checksum is wrong, so the file is damaged");
        Refused(RawZip.Of([First with { Flags = 1 }]), "'a/first': expected a file in the clear, found it encrypted");
        Refused(RawZip.Of([First with { LocalName = "a/other" }]), "'a/first': expected its header at byte 0, found another");
        Refused(RawZip.Of([First, Second with { Offset = _ => 3 }]), "'a/second': expected its header at byte 3, found another");
        Refused(RawZip.Of([First with { Offset = _ => 1 << 20 }]), "'a/first': begins at byte 1048576, beyond the archive's files");
        Refused(
            RawZip.Of([First with { ExtraLength = 5000 }]), "'a/first': 3 bytes from byte 5037 reach beyond the archive's files");
        Refused(
            RawZip.Of([new RawZipFile(new string('n', 5000), []) { Flags = 1 }]), $"'{new string('n', 100)}...': expected a file in the clear, found it encrypted");
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        var whole = RawZip.Of([First, Second]);

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Throws<FormatException>(() => StoredZip.Read(whole.AsMemory(0, length)));
        }

        Refused(whole[..^1], "expected a zip archive to end with its directory, found none in the last 22 bytes: the file is cut off or something follows it");
        Refused([.. whole, 0], "expected a zip archive to end with its directory, found none in the last 22 bytes: the file is cut off or something follows it");
    }

    private static void Refused(byte[] archive, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => StoredZip.Read(archive)).Message);
}
