namespace Slimmable.Tests;

/// <summary>
/// Grey images, 28x28 as a rule, in ten classes that a network learns in a few steps: waves whose direction tells the class, more or less drowned in noise, so
/// that some are easy and some are hard.
/// </summary>
internal static class TinyImages
{
    public const int Side = 28;
    public const int Classes = 10;

    private const double Period = 5;

    /// <summary>Draws images <c>[count, side, side]</c> and their labels; the same seed draws the same.</summary>
    public static (byte[] Pixels, byte[] Labels) Draw(int count, int seed, int side = Side)
    {
        var random = new Random(seed);
        var pixels = new byte[count * side * side];
        var labels = new byte[count];
        for (var image = 0; image < count; image++)
        {
            labels[image] = (byte)random.Next(Classes);
            Draw(pixels.AsSpan(image * side * side, side * side), side, labels[image], random);
        }

        return (pixels, labels);
    }

    private static void Draw(Span<byte> pixels, int side, int label, Random random)
    {
        var (sin, cos) = Math.SinCos(Math.PI * label / Classes);
        var (phase, height, noise) = (random.NextDouble(), random.Next(30, 90), random.Next(5, 60));
        for (var index = 0; index < pixels.Length; index++)
        {
            var along = ((index / side * sin) + (index % side * cos)) / Period;
            pixels[index] = (byte)Math.Clamp(128 + (height * Math.Sin(2 * Math.PI * (along + phase))) + random.Next(-noise, noise), 0, 255);
        }
    }
}
