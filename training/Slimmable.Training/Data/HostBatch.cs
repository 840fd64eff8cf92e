namespace Slimmable.Training;

/// <summary>A batch in managed memory, which is filled again and again.</summary>
/// <param name="count">Images.</param>
/// <param name="imageSize">Bytes an image takes.</param>
internal sealed class HostBatch(int count, int imageSize)
{
    /// <summary>The images as bytes, varied.</summary>
    public byte[] Pixels { get; } = new byte[count * imageSize];

    /// <summary>The images, preprocessed.</summary>
    public float[] Values { get; } = new float[count * imageSize];

    /// <summary>A class for each image.</summary>
    public long[] Labels { get; } = new long[count];

    /// <summary>Room for one image, for whoever fills the batch.</summary>
    public byte[] Scratch { get; } = new byte[imageSize];

    /// <summary>One image's bytes.</summary>
    public Span<byte> Image(int index) => Pixels.AsSpan(index * imageSize, imageSize);
}
