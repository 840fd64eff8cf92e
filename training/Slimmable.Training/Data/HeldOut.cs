namespace Slimmable.Training;

/// <summary>
/// Holds every n-th image of each class out. Counting by class keeps the classes' shares whatever order the images are in, and involves no chance, so
/// the same images are always split in the same way.
/// </summary>
internal static class HeldOut
{
    /// <summary>Splits.</summary>
    /// <param name="images">All of them.</param>
    /// <param name="every">From 2 up: how many images of a class one of them is held out of.</param>
    /// <returns>Both parts in the order of the images; the part that is held out is empty where no class has as many.</returns>
    public static (ImageSet Learnt, ImageSet HeldOut) Split(ImageSet images, int every)
    {
        var seen = new Dictionary<int, int>();
        var parts = Enumerable.Range(0, images.Count).ToLookup(index =>
        {
            var label = images.Labels[index];
            seen[label] = seen.GetValueOrDefault(label) + 1;
            return seen[label] % every == 0;
        });
        return (images.Pick([.. parts[false]]), images.Pick([.. parts[true]]));
    }
}
