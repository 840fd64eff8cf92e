namespace Slimmable.Models.Tests;

public class PreprocessingTests
{
    private static readonly Preprocessing TwoChannels = new(Scale: 0.5, Mean: [1, 2], Std: [2, 4]);

    [Fact]
    public void Pixels_are_scaled_and_normalized_by_their_channel()
    {
        var result = new float[8];

        TwoChannels.Apply([0, 2, 4, 6, 10, 12, 14, 255], pixelsPerChannel: 2, result);

        Assert.Equal([-0.5f, 0f, 0f, 0.25f, 2f, 2.5f, 1.25f, 31.375f], result);
    }

    [Fact]
    public void The_usual_bytes_to_floats_are_rounded_once()
    {
        var result = new float[256];

        new Preprocessing(1.0 / 255, [0.2860], [0.3530]).Apply([.. Enumerable.Range(0, 256).Select(value => (byte)value)], 256, result);

        Assert.Equal((float)(((100 / 255.0) - 0.2860) / 0.3530), result[100], 1e-7f);
        Assert.Equal((float)(-0.2860 / 0.3530), result[0]);
    }

    [Fact]
    public void Numbers_made_of_bytes_become_those_bytes_again_and_others_none()
    {
        byte[] pixels = [.. Enumerable.Range(0, 512).Select(value => (byte)value)];
        var numbers = new float[512];
        var preprocessing = new Preprocessing(1.0 / 255, [0.485, 0.406], [0.229, 0.225]);
        preprocessing.Apply(pixels, 256, numbers);

        Assert.Equal(pixels, preprocessing.Invert(numbers, 256));
        foreach (var other in new[] { MathF.BitIncrement(numbers[300]), numbers[511] + 1, -1000, float.NaN, float.PositiveInfinity })
        {
            Assert.Null(preprocessing.Invert([.. numbers[..300], other, .. numbers[301..]], 256));
        }
    }

    [Theory]
    [InlineData(6, 2, 6)]
    [InlineData(8, 2, 7)]
    [InlineData(8, 0, 8)]
    [InlineData(8, -2, 8)]
    public void Lengths_that_do_not_fit_are_an_error(int pixels, int pixelsPerChannel, int results)
    {
        var fault = Assert.Throws<ArgumentException>(() => TwoChannels.Apply(new byte[pixels], pixelsPerChannel, new float[results]));

        Assert.StartsWith(
            $"expected whole images of 2 x {pixelsPerChannel} pixels and as many results, found {pixels} and {results}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_image_is_no_work() => TwoChannels.Apply([], 2, []);
}
