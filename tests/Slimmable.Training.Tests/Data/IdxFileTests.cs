using System.IO.Compression;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class IdxFileTests
{
    private static readonly byte[] TwoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plain_and_gzipped_files_are_read(bool zipped)
    {
        using var folder = new TempFolder();
        var path = Write(folder, TwoByThree, zipped);

        var (shape, elements) = IdxFile.Read(path, rank: 2);

        Assert.Equal([2, 3], shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], elements);
    }

    [Fact]
    public void A_file_that_ends_early_is_refused_with_the_offset_wherever_it_is_cut()
    {
        using var folder = new TempFolder();
        for (var length = 0; length < TwoByThree.Length; length++)
        {
            var path = Write(folder, TwoByThree[..length]);
            var expected = length < 12
                ? $"{path}: expected a header of 12 bytes, found the end at offset {length}"
                : $"{path}: expected 6 elements from offset 12, found the end at offset {length}";
            Assert.Equal(expected, Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 2)).Message);
        }
    }

    [Fact]
    public void Another_type_or_rank_is_refused()
    {
        using var folder = new TempFolder();
        var path = Write(folder, [0, 0, 13, 2, .. TwoByThree[4..]]);

        var fault = Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 2));

        Assert.Equal($"{path}: expected 00 00 08 02 at offset 0 (unsigned bytes of rank 2), found 00000d02", fault.Message);
    }

    [Fact]
    public void Trailing_bytes_are_refused()
    {
        using var folder = new TempFolder();
        var path = Write(folder, [.. TwoByThree, 7]);

        Assert.Equal($"{path}: expected 6 elements from offset 12, found more", Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 2)).Message);
    }

    [Fact]
    public void Lengths_beyond_the_file_claim_no_memory()
    {
        using var folder = new TempFolder();
        var path = Write(folder, [0, 0, 8, 2, 0x7f, 0xff, 0xff, 0, 0, 0, 0, 1, 9]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 2));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_before_it_is_unpacked()
    {
        const int Length = 16 << 20;
        using var folder = new TempFolder();
        var path = Write(folder, [0, 0, 8, 1, 1, 0, 0, 0, .. new byte[Length]], zipped: true);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 1));

        Assert.Equal($"{path}: expected at most 100 elements for each of the file's {new FileInfo(path).Length} bytes, found lengths {Length} at offset 4", fault.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_few_images_of_one_colour_are_no_bomb()
    {
        using var folder = new TempFolder();
        var path = Write(folder, [0, 0, 8, 1, 0, 0x0f, 0xff, 0xff, .. new byte[0x0fffff]], zipped: true);

        Assert.Equal(0x0fffff, IdxFile.Read(path, rank: 1).Elements.Length);
    }

    [Fact]
    public void A_product_of_lengths_that_overflows_is_refused()
    {
        using var folder = new TempFolder();
        var path = Write(folder, [0, 0, 8, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

        Assert.Contains("found a length of 4294967295 at offset 4", Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_gzip_file_is_refused()
    {
        using var folder = new TempFolder();
        var path = Write(folder, TwoByThree, zipped: true);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);

        Assert.StartsWith(path, Assert.Throws<InvalidFileException>(() => IdxFile.Read(path, rank: 2)).Message, StringComparison.Ordinal);
    }

    private static string Write(TempFolder folder, byte[] content, bool zipped = false)
    {
        var path = folder.File("data.idx");
        using var file = File.Create(path);
        using Stream stream = zipped ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(content);
        return path;
    }
}
