namespace Slimmable.Training;

/// <summary>Images for a page to show: as they are where all of them together are small enough, else smaller.</summary>
/// <param name="Channels">1 for grey, 3 for colours.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Pixels"><c>[images, Channels, Height, Width]</c>, row-major.</param>
public sealed record PictureTable(int Channels, int Height, int Width, byte[] Pixels)
{
    private const int Colours = 3;

    /// <summary>Takes images out of a set.</summary>
    /// <param name="images">The set. Of images with other than three channels the first is shown.</param>
    /// <param name="indices">Which, in the order they shall have.</param>
    /// <param name="mostBytes">What the pixels may take: images are made smaller by the least whole factor that keeps to it, if any does.</param>
    public static PictureTable Of(ImageSet images, IReadOnlyList<int> indices, int mostBytes)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(indices);
        var channels = images.Channels == Colours ? Colours : 1;
        var largest = Math.Min(images.Height, images.Width);
        long BytesAt(int factor) => (long)indices.Count * channels * (images.Height / factor) * (images.Width / factor);
        var factor = Enumerable.Range(1, largest).FirstOrDefault(factor => BytesAt(factor) <= mostBytes, largest);
        var (height, width) = (images.Height / factor, images.Width / factor);
        var pixels = new byte[indices.Count * channels * height * width];
        var planes = indices.SelectMany(index => Enumerable.Range(0, channels).Select(channel => (index, channel)));
        foreach (var (place, (index, channel)) in planes.Index())
        {
            var plane = images.Image(index).Slice(channel * images.PixelsPerChannel, images.PixelsPerChannel);
            Shrink(plane, images.Width, pixels.AsSpan(place * height * width, height * width), width, factor);
        }

        return new PictureTable(channels, height, width, pixels);
    }

    /// <summary>Each pixel becomes the mean of a square of them; what is left over at the right and at the bottom is dropped.</summary>
    private static void Shrink(ReadOnlySpan<byte> from, int fromWidth, Span<byte> to, int toWidth, int factor)
    {
        for (var pixel = 0; pixel < to.Length; pixel++)
        {
            var (top, left) = (pixel / toWidth * factor, pixel % toWidth * factor);
            var sum = 0;
            for (var row = top; row < top + factor; row++)
            {
                for (var column = left; column < left + factor; column++)
                {
                    sum += from[(row * fromWidth) + column];
                }
            }

            to[pixel] = (byte)Math.Round((double)sum / (factor * factor));
        }
    }
}
