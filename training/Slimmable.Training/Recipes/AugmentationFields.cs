namespace Slimmable.Training;

/// <summary>Reads how a recipe varies its images.</summary>
internal static class AugmentationFields
{
    private static readonly Interval Magnitude = new(0, RandAugmentOptions.LargestMagnitude, LeastIncluded: true, MostIncluded: true);

    public static Augmentation Read(RecipeFields fields) => new(
        fields.Integer("shift", 0, 16, 0),
        fields.Flag("flip", fallback: false),
        fields.Number("erasing", Interval.Share, 0),
        fields.Object("randAugment", ReadRandAugment, required: false));

    private static RandAugmentOptions ReadRandAugment(RecipeFields fields) =>
        new(fields.Integer("operations", 1, 16, 2), fields.Number("magnitude", Magnitude, 9));
}
