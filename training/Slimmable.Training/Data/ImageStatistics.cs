using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Computes from images what a published data set states.</summary>
internal static class ImageStatistics
{
    private const double Scale = 1.0 / byte.MaxValue;

    /// <summary>Bytes scaled to 0..1, then to a mean of 0 and a standard deviation of 1 per channel. A channel of one value is only shifted.</summary>
    /// <param name="images">At least one.</param>
    public static Preprocessing PreprocessingOf(ImageSet images)
    {
        var (mean, std) = (new double[images.Channels], new double[images.Channels]);
        for (var channel = 0; channel < images.Channels; channel++)
        {
            var (sum, squares) = (0L, 0L);
            for (var image = 0; image < images.Count; image++)
            {
                foreach (var pixel in images.Image(image).Slice(channel * images.PixelsPerChannel, images.PixelsPerChannel))
                {
                    sum += pixel;
                    squares += pixel * pixel;
                }
            }

            var count = (double)images.Count * images.PixelsPerChannel;
            var (average, variance) = (sum / count, (squares / count) - (sum / count * (sum / count)));
            mean[channel] = average * Scale;
            std[channel] = variance > 1e-6 ? Math.Sqrt(variance) * Scale : 1;
        }

        return new Preprocessing(Scale, mean, std);
    }
}
