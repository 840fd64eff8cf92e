using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class CifarDataSetsTests
{
    private const int ImageSize = 3 * 32 * 32;

    [Fact]
    public void CIFAR_10_is_read_from_its_six_files_in_the_folder_that_the_archive_unpacks_to()
    {
        using var folder = new TempFolder();
        WriteTen(folder);

        var data = DataSets.Load("cifar-10", folder.Path);

        Assert.Equal(new DataShape(3, 32, 32, 10), data.Shape);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], data.Train.Labels);
        Assert.Equal([7], data.Test.Labels);
        Assert.All(Enumerable.Range(0, 10), image => Assert.Equal(Picture(image), data.Train.Image(image).ToArray()));
        Assert.Equal("frog", data.Labels[6]);
    }

    [Fact]
    public void CIFAR_100_is_read_with_its_fine_labels()
    {
        using var folder = new TempFolder();
        WriteHundred(folder);

        var data = DataSets.Load("cifar-100", folder.Path);

        Assert.Equal(new DataShape(3, 32, 32, 100), data.Shape);
        Assert.Equal([99, 0], data.Train.Labels);
        Assert.Equal([50], data.Test.Labels);
        Assert.Equal(Picture(2), data.Train.Image(1).ToArray());
        Assert.Equal(data.Labels.Order(StringComparer.Ordinal), data.Labels);
        Assert.Equal(100, data.Labels.Distinct().Count());
    }

    [Theory]
    [InlineData(0, "found the end at offset 0, 0 bytes into one")]
    [InlineData(1, "found the end at offset 1, 1 bytes into one")]
    [InlineData(3072, "found the end at offset 3072, 3072 bytes into one")]
    [InlineData(3074, "found the end at offset 3074, 1 bytes into one")]
    public void A_file_that_does_not_end_where_a_record_ends_is_refused(int length, string found)
    {
        using var folder = new TempFolder();
        WriteTen(folder);
        var path = Path.Combine(folder.Path, "cifar-10-batches-bin", "data_batch_4.bin");
        File.WriteAllBytes(path, new byte[length]);

        var fault = Assert.Throws<InvalidFileException>(() => DataSets.Load("cifar-10", folder.Path));

        Assert.Equal($"{path}: expected whole records of 3073 bytes, {found}", fault.Message);
    }

    [Fact]
    public void A_label_beyond_the_classes_is_refused_with_its_offset()
    {
        using var folder = new TempFolder();
        WriteTen(folder);
        var path = Path.Combine(folder.Path, "cifar-10-batches-bin", "data_batch_2.bin");
        File.WriteAllBytes(path, [.. Record(0, 2), .. Record(0, 10)]);

        Assert.Equal($"{path}: expected labels below 10, found 10 at offset 3073", Assert.Throws<InvalidFileException>(() => DataSets.Load("cifar-10", folder.Path)).Message);
    }

    [Theory]
    [InlineData(20, 5, "expected labels below 20, found 20 at offset 0")]
    [InlineData(5, 100, "expected labels below 100, found 100 at offset 1")]
    public void Both_labels_of_CIFAR_100_are_checked(byte coarse, byte fine, string reason)
    {
        using var folder = new TempFolder();
        WriteHundred(folder);
        File.WriteAllBytes(folder.File("test.bin"), Record(0, coarse, fine));

        Assert.Equal($"{folder.File("test.bin")}: {reason}", Assert.Throws<InvalidFileException>(() => DataSets.Load("cifar-100", folder.Path)).Message);
    }

    [Fact]
    public void Where_files_are_missing_the_message_says_which_and_how_to_get_them()
    {
        using var folder = new TempFolder();
        WriteHundred(folder);
        File.Delete(folder.File("test.bin"));

        Assert.Equal(
            $"data set cifar-100: expected train.bin, test.bin in {folder.Path}; unpack https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz there, or name their folder with --data",
            Assert.Throws<SlimmableException>(() => DataSets.Load("cifar-100", folder.Path)).Message);
    }

    private static void WriteTen(TempFolder folder)
    {
        var unpacked = Directory.CreateDirectory(folder.File("cifar-10-batches-bin")).FullName;
        for (var part = 0; part < 5; part++)
        {
            File.WriteAllBytes(Path.Combine(unpacked, $"data_batch_{part + 1}.bin"), [.. Record(2 * part, (byte)(2 * part)), .. Record((2 * part) + 1, (byte)((2 * part) + 1))]);
        }

        File.WriteAllBytes(Path.Combine(unpacked, "test_batch.bin"), Record(11, 7));
    }

    private static void WriteHundred(TempFolder folder)
    {
        File.WriteAllBytes(folder.File("train.bin"), [.. Record(1, 19, 99), .. Record(2, 0, 0)]);
        File.WriteAllBytes(folder.File("test.bin"), Record(3, 4, 50));
    }

    private static byte[] Record(int picture, params byte[] labels) => [.. labels, .. Picture(picture)];

    private static byte[] Picture(int picture)
    {
        var pixels = new byte[ImageSize];
        new Random(picture).NextBytes(pixels);
        return pixels;
    }
}
