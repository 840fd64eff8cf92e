namespace Slimmable.Training;

/// <summary>The test set of a report.</summary>
/// <param name="DataSet">Its name.</param>
/// <param name="Images">How many images.</param>
/// <param name="Classes">How many classes.</param>
/// <param name="Channels">Of an image.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
public sealed record ReportedTest(string DataSet, int Images, int Classes, int Channels, int Height, int Width);
