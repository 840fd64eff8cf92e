using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class IdxDataSetsTests
{
    [Fact]
    public void The_real_files_are_read()
    {
        var data = IdxDataSets.FashionMnist.Load();

        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal((1, 28, 28), (data.Train.Channels, data.Train.Height, data.Train.Width));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1_000, data.Test.Labels.Count(found => found == label)));
        Assert.Equal(9, data.Test.Labels[0]);
    }

    [Fact]
    public void The_preprocessing_is_that_of_the_training_images()
    {
        var data = IdxDataSets.FashionMnist.Load();
        var values = new float[data.Train.Pixels.Length];

        data.Preprocessing.Apply(data.Train.Pixels, data.Train.PixelsPerChannel, values);

        Assert.Equal(0, values.Average(value => (double)value), 1e-3);
        Assert.Equal(1, Math.Sqrt(values.Average(value => (double)value * value)), 1e-3);
    }

    [Fact]
    public void Where_no_folder_has_it_the_message_says_how_to_get_it()
    {
        using var folder = new TempFolder();

        var fault = Assert.Throws<SlimmableException>(() => IdxDataSets.FashionMnist.Load(folder.Path));

        Assert.Equal(
            "data set fashion-mnist: expected train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz "
            + $"in {folder.Path}; get them with 'slimmable data get fashion-mnist' or 'apt-get install dataset-fashion-mnist', or name their folder with --data",
            fault.Message);
    }

    [Fact]
    public void Each_of_the_three_reads_the_same_files_and_has_its_own_labels_and_preprocessing()
    {
        using var folder = new TempFolder();
        WriteSound(folder);

        var sets = new[] { IdxDataSets.FashionMnist, IdxDataSets.Mnist, IdxDataSets.Kmnist }.Select(set => set.Load(folder.Path)).ToList();

        Assert.All(sets, set => Assert.Equal(new DataShape(1, 1, 1, 10), set.Shape));
        Assert.All(sets, set => Assert.Equal([5, 6], set.Train.Pixels));
        Assert.All(sets, set => Assert.Equal([3, 4], set.Train.Labels));
        Assert.Equal(["T-shirt/top", "0", "お"], sets.Select(set => set.Labels[0]));
        Assert.Equal([0.2860, 0.1307, 0.1918], sets.Select(set => set.Preprocessing.Mean[0]));
    }

    [Fact]
    public void A_label_beyond_the_classes_is_refused_with_its_offset() =>
        Refuse("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 3, 10], "expected labels below 10, found 10 at offset 9");

    [Fact]
    public void Another_number_of_labels_is_refused() =>
        Refuse("t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 3, 4], "expected a label for each of 1 images, found 2 at offset 4");

    [Fact]
    public void A_set_without_images_is_refused() => Refuse(
        "train-images-idx3-ubyte",
        [0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28],
        "expected at least one image with at least one pixel, found lengths 0, 28, 28 at offset 4");

    [Fact]
    public void Test_images_of_another_shape_are_refused()
    {
        using var folder = new TempFolder();
        WriteSound(folder);
        Write(folder, "t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 6]);

        var fault = Assert.Throws<SlimmableException>(() => IdxDataSets.Mnist.Load(folder.Path));

        Assert.Equal("data set mnist: expected test images of (1, 1, 1), as the training images are, found (1, 1, 2)", fault.Message);
    }

    private static void Refuse(string file, byte[] content, string reason)
    {
        using var folder = new TempFolder();
        WriteSound(folder);
        Write(folder, file, content);

        var fault = Assert.Throws<InvalidFileException>(() => IdxDataSets.FashionMnist.Load(folder.Path));

        Assert.Equal($"{folder.File(file)}: {reason}", fault.Message);
    }

    private static void WriteSound(TempFolder folder)
    {
        Write(folder, "train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6]);
        Write(folder, "train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 3, 4]);
        Write(folder, "t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5]);
        Write(folder, "t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 3]);
    }

    private static void Write(TempFolder folder, string name, byte[] content) => File.WriteAllBytes(folder.File(name), content);
}
