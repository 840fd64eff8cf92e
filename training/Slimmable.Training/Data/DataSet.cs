using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A data set ready for use.</summary>
/// <param name="Name">Its name in recipes, or its file's.</param>
/// <param name="Labels">The classes' names.</param>
/// <param name="Preprocessing">How its bytes become the network's input.</param>
/// <param name="Train">Images to learn from.</param>
/// <param name="Test">Images to measure on; nothing is ever tuned on them.</param>
public sealed record DataSet(string Name, IReadOnlyList<string> Labels, Preprocessing Preprocessing, ImageSet Train, ImageSet Test)
{
    /// <summary>What a network for it is built for.</summary>
    public DataShape Shape => new(Train.Channels, Train.Height, Train.Width, Labels.Count);

    /// <summary>The data set itself, once it is sure that both parts have images of one shape.</summary>
    /// <exception cref="SlimmableException">They have not.</exception>
    internal DataSet WithOneShape()
    {
        var (expected, found) = ((Train.Channels, Train.Height, Train.Width), (Test.Channels, Test.Height, Test.Width));
        return expected == found
            ? this
            : throw new SlimmableException($"data set {Name}: expected test images of {expected}, as the training images are, found {found}");
    }
}
