using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Images of one's own, in one or two files of the form that <see cref="ImageFile"/> reads.</summary>
/// <param name="Train">The path of the images to learn from. It also says what the classes are and how bytes become the input.</param>
/// <param name="Test">The path of those to measure on; null to hold some of the former out, see <see cref="HeldOut"/>.</param>
public sealed record FileSource(string Train, string? Test) : DataSource
{
    /// <summary>Of how many images of a class one is for testing, where nobody split them.</summary>
    private const int TestEvery = 10;

    /// <inheritdoc/>
    public override DataSet Load(string? folder, string recipeFolder)
    {
        var path = Path.Combine(folder ?? recipeFolder, Train);
        var file = ImageFile.Read(path);
        var labels = file.Labels ?? ClassNames.Numbered(file.Images.Labels.Max() + 1);
        var (train, test) = Test is null
            ? Split(path, file.Images)
            : (file.Images, ReadTest(Path.Combine(folder ?? recipeFolder, Test), labels));
        return new DataSet(Path.GetFileName(Train), labels, file.Preprocessing ?? ImageStatistics.PreprocessingOf(train), train, test).WithOneShape();
    }

    private static (ImageSet Train, ImageSet Test) Split(string path, ImageSet images)
    {
        var (train, test) = HeldOut.Split(images, TestEvery);
        return test.Count > 0
            ? (train, test)
            : throw new InvalidFileException(
                path, $"expected a class with at least {TestEvery} images, to hold every tenth out for testing, found {images.Count} images in {images.Labels.Distinct().Count()} classes");
    }

    private static ImageSet ReadTest(string path, IReadOnlyList<string> labels)
    {
        var file = ImageFile.Read(path, labels.Count);
        return file.Labels is { } own && ClassNames.Difference(labels, "the training images", own) is { } difference
            ? throw new InvalidFileException(path, difference)
            : file.Images;
    }
}
