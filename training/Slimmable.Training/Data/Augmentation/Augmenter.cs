using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Varies images, one after the other, as a recipe says.</summary>
/// <param name="augmentation">What is done.</param>
/// <param name="shape">Of the images.</param>
/// <param name="statistics">The data set's mean and standard deviation.</param>
/// <param name="scratch">Room for one image.</param>
internal sealed class Augmenter(Augmentation augmentation, ImageShape shape, Preprocessing statistics, byte[] scratch)
{
    private readonly RandAugment? operations = augmentation.RandAugment is { } options ? new RandAugment(options, shape, scratch) : null;

    /// <summary>Makes a varied image.</summary>
    /// <param name="source">The image.</param>
    /// <param name="target">Where the varied one goes.</param>
    /// <param name="random">Decides.</param>
    public void Vary(ReadOnlySpan<byte> source, Span<byte> target, Random random)
    {
        PadAndCrop.Apply(shape, source, target, augmentation, random);
        operations?.Apply(target, random);
        if (augmentation.Erasing > 0)
        {
            RandomErasing.Apply(shape, target, augmentation.Erasing, statistics, random);
        }
    }
}
