namespace Slimmable.Training;

/// <summary>Labelled images in memory, as bytes.</summary>
/// <param name="Pixels"><c>[Count, Channels, Height, Width]</c>, row-major.</param>
/// <param name="Labels">A class for each image, from 0 up.</param>
/// <param name="Channels">1 for grey, 3 for RGB.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
public sealed record ImageSet(byte[] Pixels, int[] Labels, int Channels, int Height, int Width)
{
    /// <summary>How many images.</summary>
    public int Count => Labels.Length;

    /// <summary>Bytes an image takes.</summary>
    public int ImageSize => Channels * Height * Width;

    /// <summary>Pixels a channel has.</summary>
    public int PixelsPerChannel => Height * Width;

    /// <summary>One image, <c>[Channels, Height, Width]</c>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * ImageSize, ImageSize);

    /// <summary>Some of the images.</summary>
    /// <param name="indices">Which, in the order they shall have.</param>
    public ImageSet Pick(IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var (pixels, labels) = (new byte[indices.Count * ImageSize], new int[indices.Count]);
        for (var index = 0; index < labels.Length; index++)
        {
            Image(indices[index]).CopyTo(pixels.AsSpan(index * ImageSize));
            labels[index] = Labels[indices[index]];
        }

        return this with { Pixels = pixels, Labels = labels };
    }

    /// <summary>The first images, or all where there are fewer.</summary>
    public ImageSet Take(int count) => count >= Count
        ? this
        : this with { Pixels = Pixels[..(count * ImageSize)], Labels = Labels[..count] };
}
