namespace Slimmable.Training;

/// <summary>Takes images through randomly drawn operations. Grey images are not offered those that change colours.</summary>
/// <param name="options">How many, and how strong.</param>
/// <param name="shape">Of the images.</param>
/// <param name="scratch">Room for one image.</param>
internal sealed class RandAugment(RandAugmentOptions options, ImageShape shape, byte[] scratch)
{
    private readonly ImageOperation[] offered = [.. ImageOperations.All.Where(operation => shape.IsColour || !operation.NeedsColour)];

    /// <summary>Varies an image in place.</summary>
    public void Apply(Span<byte> image, Random random)
    {
        for (var count = 0; count < options.Operations; count++)
        {
            var operation = offered[random.Next(offered.Length)];
            var strength = options.Magnitude / RandAugmentOptions.LargestMagnitude * (random.Next(2) == 0 ? 1 : -1);
            image.CopyTo(scratch);
            operation.Apply(shape, scratch, image, strength);
        }
    }
}
