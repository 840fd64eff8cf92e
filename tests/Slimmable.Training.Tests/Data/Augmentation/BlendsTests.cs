namespace Slimmable.Training.Tests.Data;

public class BlendsTests
{
    /// <summary>A red, a green, a blue and a grey pixel.</summary>
    private static readonly byte[] Colours = [255, 0, 0, 100, 0, 255, 0, 100, 0, 0, 255, 100];

    private static readonly ImageShape ColourShape = new(3, 1, 4);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.5, 50, 100)]
    [InlineData(1, 100, 200)]
    [InlineData(1.9, 190, 255)]
    public void Brightness_multiplies(double factor, byte first, byte second)
    {
        var target = new byte[2];

        Blends.Brightness([100, 200], target, factor);

        Assert.Equal([first, second], target);
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(0.5, 75, 125)]
    [InlineData(2, 0, 200)]
    public void Contrast_spreads_about_the_mean(double factor, byte first, byte second)
    {
        var target = new byte[2];

        Blends.Contrast(new ImageShape(1, 1, 2), [50, 150], target, factor);

        Assert.Equal([first, second], target);
    }

    /// <summary>0.299 * 255 = 76.2, 0.587 * 255 = 149.7, 0.114 * 255 = 29.1.</summary>
    [Fact]
    public void Without_saturation_a_colour_is_its_brightness()
    {
        var target = new byte[12];

        Blends.Saturation(ColourShape, Colours, target, 0);

        Assert.Equal([76, 150, 29, 100, 76, 150, 29, 100, 76, 150, 29, 100], target);
    }

    [Fact]
    public void With_more_saturation_a_muted_colour_is_a_clear_one_and_grey_stays()
    {
        var target = new byte[6];

        Blends.Saturation(new ImageShape(3, 1, 2), [120, 90, 100, 90, 100, 90], target, 2);

        Assert.Equal((134, 90), (target[0], target[1])); // 0.299 * 120 + 0.701 * 100 = 106; 120 + 14
    }

    /// <summary>A dot of 130 on black: the filter leaves 5/13 of it, 50.</summary>
    [Theory]
    [InlineData(0, 50)]
    [InlineData(0.5, 90)]
    [InlineData(1.9, 202)]
    public void Sharpness_moves_the_inner_pixels_from_their_neighbours_mean(double factor, byte centre)
    {
        var (source, target) = (new byte[9], new byte[9]);
        source[4] = 130;

        Blends.Sharpness(new ImageShape(1, 3, 3), source, target, factor);

        Assert.Equal([0, 0, 0, 0, centre, 0, 0, 0, 0], target);
    }
}
