using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A data set ready for use.</summary>
/// <param name="Name">Its name in recipes.</param>
/// <param name="Labels">The classes' names.</param>
/// <param name="Preprocessing">How its bytes become the network's input.</param>
/// <param name="Train">Images to learn from.</param>
/// <param name="Test">Images to measure on; nothing is ever tuned on them.</param>
public sealed record DataSet(string Name, IReadOnlyList<string> Labels, Preprocessing Preprocessing, ImageSet Train, ImageSet Test);
