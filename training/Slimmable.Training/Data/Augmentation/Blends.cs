namespace Slimmable.Training;

/// <summary>
/// Operations that move every pixel between a duller image and itself, and beyond: a factor of 0 gives the duller one, 1 the image, and more the
/// opposite of dull.
/// </summary>
internal static class Blends
{
    /// <summary>Between black and the image.</summary>
    public static void Brightness(ReadOnlySpan<byte> source, Span<byte> target, double factor)
    {
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = Blend(0, source[index], factor);
        }
    }

    /// <summary>Between the image's mean grey and the image.</summary>
    public static void Contrast(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target, double factor)
    {
        var sum = 0.0;
        for (var pixel = 0; pixel < shape.Plane; pixel++)
        {
            sum += Grey(shape, source, pixel);
        }

        var mean = sum / shape.Plane;
        for (var index = 0; index < source.Length; index++)
        {
            target[index] = Blend(mean, source[index], factor);
        }
    }

    /// <summary>Between the image without colours and the image.</summary>
    public static void Saturation(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target, double factor)
    {
        for (var pixel = 0; pixel < shape.Plane; pixel++)
        {
            var grey = Grey(shape, source, pixel);
            for (var index = pixel; index < source.Length; index += shape.Plane)
            {
                target[index] = Blend(grey, source[index], factor);
            }
        }
    }

    /// <summary>Between the image smoothed by (1 1 1; 1 5 1; 1 1 1) / 13 and the image. The outermost pixels stay.</summary>
    public static void Sharpness(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target, double factor)
    {
        source.CopyTo(target);
        for (var start = 0; start < source.Length; start += shape.Plane)
        {
            for (var y = 1; y < shape.Height - 1; y++)
            {
                for (var x = 1; x < shape.Width - 1; x++)
                {
                    var centre = start + (y * shape.Width) + x;
                    var sum = 4 * source[centre];
                    for (var row = centre - shape.Width; row <= centre + shape.Width; row += shape.Width)
                    {
                        sum += source[row - 1] + source[row] + source[row + 1];
                    }

                    target[centre] = Blend(sum / 13.0, source[centre], factor);
                }
            }
        }
    }

    /// <summary>The nearest byte.</summary>
    public static byte Round(double value) => (byte)Math.Clamp(Math.Round(value), byte.MinValue, byte.MaxValue);

    private static byte Blend(double dull, byte pixel, double factor) => Round(dull + (factor * (pixel - dull)));

    /// <summary>A pixel's brightness: of red, green and blue with the weights of ITU-R BT.601, else the mean of the channels.</summary>
    private static double Grey(ImageShape shape, ReadOnlySpan<byte> image, int pixel)
    {
        if (shape.IsColour)
        {
            return (0.299 * image[pixel]) + (0.587 * image[shape.Plane + pixel]) + (0.114 * image[(2 * shape.Plane) + pixel]);
        }

        var sum = 0;
        for (var index = pixel; index < image.Length; index += shape.Plane)
        {
            sum += image[index];
        }

        return (double)sum / shape.Channels;
    }
}
