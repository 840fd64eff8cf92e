using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Random erasing (Zhong et al., 2017): a rectangle of 2 to 33 % of the area, with sides in a ratio of 0.3 to 3.3, becomes noise of the data
/// set's mean and standard deviation, for each pixel and channel anew, cut off at 0 and 255. The noise is that of DS-Net's recipe.
/// </summary>
internal static class RandomErasing
{
    private const double LeastArea = 0.02;
    private const double MostArea = 1.0 / 3;
    private const double LeastAspect = 0.3;

    /// <summary>A rectangle that does not fit is drawn again, so often.</summary>
    private const int Attempts = 10;

    /// <summary>Erases in place, with some probability.</summary>
    public static void Apply(ImageShape shape, Span<byte> image, double probability, Preprocessing statistics, Random random)
    {
        if (random.NextDouble() >= probability)
        {
            return;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (LeastArea + ((MostArea - LeastArea) * random.NextDouble())) * shape.Plane;
            var aspect = Math.Pow(LeastAspect, 1 - (2 * random.NextDouble()));
            var (height, width) = ((int)Math.Round(Math.Sqrt(area * aspect)), (int)Math.Round(Math.Sqrt(area / aspect)));
            if (height < shape.Height && width < shape.Width)
            {
                var (top, left) = (random.Next(shape.Height - height + 1), random.Next(shape.Width - width + 1));
                Fill(shape, image, top, left, height, width, statistics, random);
                return;
            }
        }
    }

    private static void Fill(ImageShape shape, Span<byte> image, int top, int left, int height, int width, Preprocessing statistics, Random random)
    {
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var y = top; y < top + height; y++)
            {
                foreach (ref var pixel in image.Slice((((channel * shape.Height) + y) * shape.Width) + left, width))
                {
                    pixel = Blends.Round((statistics.Mean[channel] + (statistics.Std[channel] * Normal(random))) / statistics.Scale);
                }
            }
        }
    }

    /// <summary>A normally distributed number, by Box and Muller.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
