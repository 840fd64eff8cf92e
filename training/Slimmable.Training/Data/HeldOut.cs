using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Splits images where nobody did: every tenth image of each class is for testing. Counting by class keeps the classes' shares whatever order
/// the images are in, and involves no chance, so the same file is always split in the same way.
/// </summary>
internal static class HeldOut
{
    private const int Every = 10;

    /// <summary>Splits.</summary>
    /// <param name="path">What the images are called in messages.</param>
    /// <param name="images">All of them.</param>
    /// <exception cref="InvalidFileException">No class has ten images.</exception>
    public static (ImageSet Train, ImageSet Test) Split(string path, ImageSet images)
    {
        var seen = new Dictionary<int, int>();
        var parts = Enumerable.Range(0, images.Count).ToLookup(index =>
        {
            var label = images.Labels[index];
            seen[label] = seen.GetValueOrDefault(label) + 1;
            return seen[label] % Every == 0;
        });
        return parts.Contains(true)
            ? (images.Pick([.. parts[false]]), images.Pick([.. parts[true]]))
            : throw new InvalidFileException(
                path, $"expected a class with at least {Every} images, to hold every tenth out for testing, found {images.Count} images in {seen.Count} classes");
    }
}
