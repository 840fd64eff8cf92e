namespace Slimmable.Training;

/// <summary>
/// RandAugment: some operations, drawn anew for each image, all of one magnitude (Cubuk et al., "RandAugment", 2019). See docs/data.md for
/// the operations.
/// </summary>
/// <param name="Operations">How many an image goes through, 1..16; default 2.</param>
/// <param name="Magnitude">How strong they are, 0..10; default 9.</param>
public sealed record RandAugmentOptions(int Operations = 2, double Magnitude = 9)
{
    /// <summary>Where every operation is at its strongest.</summary>
    public const double LargestMagnitude = 10;
}
