namespace Slimmable.Training;

/// <summary>Makes an image from another one.</summary>
/// <param name="shape">Of both.</param>
/// <param name="source">The image; not the target.</param>
/// <param name="target">Where the other goes, as long as the source.</param>
/// <param name="strength">-1..1: 0 leaves the image as it is, the sign says in which direction it changes.</param>
internal delegate void ImageChange(ImageShape shape, ReadOnlySpan<byte> source, Span<byte> target, double strength);

/// <summary>An operation of RandAugment.</summary>
/// <param name="Name">As the paper calls it.</param>
/// <param name="Apply">What it does.</param>
/// <param name="NeedsColour">Whether it does nothing to grey images.</param>
internal sealed record ImageOperation(string Name, ImageChange Apply, bool NeedsColour = false);
