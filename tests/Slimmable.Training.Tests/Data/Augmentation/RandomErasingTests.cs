using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class RandomErasingTests
{
    private const int Side = 40;

    private static readonly ImageShape Shape = new(1, Side, Side);

    /// <summary>Noise of exactly 200, so that what was erased can be seen.</summary>
    private static readonly Preprocessing Even = new(1, [200], [1e-9]);

    [Fact]
    public void What_is_erased_is_one_rectangle_of_the_sizes_that_the_paper_has()
    {
        var (random, areas) = (new Random(1), new List<double>());
        for (var image = 0; image < 500; image++)
        {
            var pixels = new byte[Shape.Plane];
            RandomErasing.Apply(Shape, pixels, 1, Even, random);
            int[] erased = [.. Enumerable.Range(0, pixels.Length).Where(index => pixels[index] == 200)];
            var (rows, columns) = (erased.Select(index => index / Side).ToHashSet(), erased.Select(index => index % Side).ToHashSet());
            Assert.Equal(rows.Count * columns.Count, erased.Length);
            Assert.Equal((rows.Count - 1, columns.Count - 1), (rows.Max() - rows.Min(), columns.Max() - columns.Min()));
            Assert.InRange((double)rows.Count / columns.Count, 0.25, 4);
            areas.Add((double)erased.Length / Shape.Plane);
        }

        Assert.InRange(areas.Min(), 0.015, 0.04);
        Assert.InRange(areas.Max(), 0.3, 0.36);
    }

    [Fact]
    public void As_many_images_are_erased_as_asked_for()
    {
        var random = new Random(2);
        var erased = Enumerable.Range(0, 2_000).Count(_ =>
        {
            var pixels = new byte[Shape.Plane];
            RandomErasing.Apply(Shape, pixels, 0.2, Even, random);
            return pixels.Contains((byte)200);
        });

        Assert.InRange(erased, 340, 460);
    }

    [Fact]
    public void The_noise_has_the_data_sets_mean_and_deviation_in_every_channel()
    {
        var shape = new ImageShape(2, 200, 200);
        var pixels = new byte[2 * shape.Plane];
        var random = new Random(3);
        for (var time = 0; time < 200; time++)
        {
            RandomErasing.Apply(shape, pixels, 1, new Preprocessing(1.0 / 255, [100 / 255.0, 150 / 255.0], [20 / 255.0, 10 / 255.0]), random);
        }

        foreach (var (channel, mean, deviation) in new[] { (0, 100, 20), (1, 150, 10) })
        {
            byte[] values = [.. pixels.Skip(channel * shape.Plane).Take(shape.Plane).Where(pixel => pixel > 0)];
            Assert.InRange(values.Length, shape.Plane / 2, shape.Plane);
            var average = values.Average(value => (double)value);
            Assert.Equal(mean, average, 0.5);
            Assert.Equal(deviation, Math.Sqrt(values.Average(value => (value - average) * (value - average))), 0.5);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(2, 2)]
    public void Images_too_small_for_a_rectangle_are_survived(int height, int width)
    {
        var random = new Random(4);
        for (var time = 0; time < 100; time++)
        {
            RandomErasing.Apply(new ImageShape(1, height, width), new byte[height * width], 1, Even, random);
        }
    }
}
