namespace Slimmable.Training.Tests.Data;

public class ImageStatisticsTests
{
    [Fact]
    public void Fashion_MNIST_has_the_mean_and_deviation_that_are_published()
    {
        var data = IdxDataSets.FashionMnist.Load();

        var found = ImageStatistics.PreprocessingOf(data.Train);

        Assert.Equal(data.Preprocessing.Mean[0], found.Mean[0], 1e-4);
        Assert.Equal(data.Preprocessing.Std[0], found.Std[0], 1e-4);
    }

    [Fact]
    public void Every_channel_has_its_own_and_one_of_a_single_value_stays_finite()
    {
        var images = new ImageSet([0, 255, 51, 51, 255, 0, 51, 51], [0, 0], Channels: 2, Height: 1, Width: 2);

        var found = ImageStatistics.PreprocessingOf(images);

        Assert.Equal([0.5, 0.2], found.Mean.Select(value => Math.Round(value, 12)));
        Assert.Equal([0.5, 1], found.Std.Select(value => Math.Round(value, 12)));
    }
}
