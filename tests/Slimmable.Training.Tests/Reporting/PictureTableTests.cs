namespace Slimmable.Training.Tests.Reporting;

public class PictureTableTests
{
    [Fact]
    public void Images_that_are_small_enough_are_shown_as_they_are()
    {
        var images = TinyNetwork.Stripes(5, 8, 4, seed: 1);

        var table = PictureTable.Of(images, [3, 1], mostBytes: 128);

        Assert.Equal((1, 8, 8), (table.Channels, table.Height, table.Width));
        Assert.Equal(images.Pick([3, 1]).Pixels, table.Pixels);
    }

    [Fact]
    public void Larger_ones_are_made_smaller_by_means_of_whole_squares_in_each_channel()
    {
        // Two rows of five pixels, in three channels; one byte too many.
        byte[] red = [0, 2, 10, 20, 99, 4, 6, 30, 40, 99];
        var images = new ImageSet([.. red, .. red.Select(value => (byte)(value + 100)), .. red.Select(value => (byte)(255 - value))], [0], 3, 2, 5);

        var table = PictureTable.Of(images, [0], mostBytes: 29);

        Assert.Equal((3, 1, 2), (table.Channels, table.Height, table.Width));
        Assert.Equal([3, 25, 103, 125, 252, 230], table.Pixels);
    }

    [Fact]
    public void Of_channels_that_are_no_colours_the_first_is_shown()
    {
        var images = new ImageSet([1, 2, 3, 4, 5, 6, 7, 8], [0, 0], Channels: 2, Height: 1, Width: 2);

        var table = PictureTable.Of(images, [0, 1], mostBytes: 100);

        Assert.Equal(1, table.Channels);
        Assert.Equal([1, 2, 5, 6], table.Pixels);
    }

    [Fact]
    public void What_no_factor_makes_small_enough_is_made_as_small_as_can_be() =>
        Assert.Equal((1, 2), PictureTable.Of(new ImageSet(new byte[32], [0], 1, 4, 8), [0], mostBytes: 1) is var table ? (table.Height, table.Width) : default);
}
