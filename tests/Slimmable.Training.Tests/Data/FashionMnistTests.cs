using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class FashionMnistTests
{
    [Fact]
    public void The_real_files_are_read()
    {
        var data = FashionMnist.Load();

        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal((1, 28, 28), (data.Train.Channels, data.Train.Height, data.Train.Width));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1_000, data.Test.Labels.Count(found => found == label)));
        Assert.Equal(9, data.Test.Labels[0]);
    }

    [Fact]
    public void The_preprocessing_is_that_of_the_training_images()
    {
        var data = FashionMnist.Load();
        var values = new float[data.Train.Pixels.Length];

        data.Preprocessing.Apply(data.Train.Pixels, data.Train.PixelsPerChannel, values);

        Assert.Equal(0, values.Average(value => (double)value), 1e-3);
        Assert.Equal(1, Math.Sqrt(values.Average(value => (double)value * value)), 1e-3);
    }

    [Fact]
    public void Where_no_folder_has_it_the_message_says_how_to_get_it()
    {
        using var folder = new TempFolder();

        var fault = Assert.Throws<SlimmableException>(() => FashionMnist.Load(folder.Path));

        Assert.Equal(
            "data set fashion-mnist: expected train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz "
            + $"in {folder.Path}; get them with 'slimmable data get fashion-mnist' or 'apt-get install dataset-fashion-mnist', or name their folder with --data",
            fault.Message);
    }

    [Fact]
    public void A_label_beyond_the_classes_is_refused_with_its_offset()
    {
        using var folder = new TempFolder();
        Write(folder, "train-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6]);
        Write(folder, "train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 2, 3, 10]);
        Write(folder, "t10k-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5]);
        Write(folder, "t10k-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 3]);

        var fault = Assert.Throws<InvalidFileException>(() => FashionMnist.Load(folder.Path));

        Assert.Equal($"{folder.File("train-labels-idx1-ubyte")}: expected labels below 10, found 10 at offset 9", fault.Message);
    }

    private static void Write(TempFolder folder, string name, byte[] content) => File.WriteAllBytes(folder.File(name), content);
}
