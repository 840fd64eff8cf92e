namespace Slimmable.Training;

/// <summary>Bends images: each pixel is mixed from the four around the place it comes from. Outside the image everything is 0.</summary>
internal static class Bilinear
{
    /// <summary>Samples.</summary>
    /// <param name="shape">Of both images.</param>
    /// <param name="source">The image.</param>
    /// <param name="target">Where the other goes.</param>
    /// <param name="map">Where its pixels come from.</param>
    public static void Sample(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target, AffineMap map)
    {
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var (fromX, fromY) = ((map.XX * x) + (map.XY * y) + map.X0, (map.YX * x) + (map.YY * y) + map.Y0);
                var (left, top) = ((int)Math.Floor(fromX), (int)Math.Floor(fromY));
                var (right, down) = (fromX - left, fromY - top);
                for (var start = 0; start < source.Length; start += shape.Plane)
                {
                    var plane = source.Slice(start, shape.Plane);
                    var upper = Mix(Pixel(shape, plane, left, top), Pixel(shape, plane, left + 1, top), right);
                    var lower = Mix(Pixel(shape, plane, left, top + 1), Pixel(shape, plane, left + 1, top + 1), right);
                    target[start + (y * shape.Width) + x] = Blends.Round(Mix(upper, lower, down));
                }
            }
        }
    }

    private static int Pixel(ImageShape shape, ReadOnlySpan<byte> plane, int x, int y) =>
        (uint)x < (uint)shape.Width && (uint)y < (uint)shape.Height ? plane[(y * shape.Width) + x] : 0;

    private static double Mix(double first, double second, double share) => first + ((second - first) * share);
}
