namespace Slimmable.Training;

/// <summary>Moves an image by some pixels, with zeros where nothing was, and mirrors it: the usual variation of small images.</summary>
internal static class PadAndCrop
{
    /// <summary>Draws the same numbers whatever is switched on, so that one setting does not change another's chance.</summary>
    public static void Apply(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target, Augmentation augmentation, Random random)
    {
        var down = random.Next(-augmentation.Shift, augmentation.Shift + 1);
        var right = random.Next(-augmentation.Shift, augmentation.Shift + 1);
        var mirrored = random.Next(2) == 1 && augmentation.Flip;
        var length = shape.Width - Math.Abs(right);
        target.Clear();
        if (length <= 0)
        {
            return;
        }

        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            var y = (row % shape.Height) + down;
            if (y < 0 || y >= shape.Height)
            {
                continue;
            }

            var from = source.Slice((row + down) * shape.Width, shape.Width);
            var to = target.Slice(row * shape.Width, shape.Width);
            from.Slice(Math.Max(0, right), length).CopyTo(to[Math.Max(0, -right)..]);
            if (mirrored)
            {
                to.Reverse();
            }
        }
    }
}
