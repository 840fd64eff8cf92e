namespace Slimmable.Training;

/// <summary>A width in a report.</summary>
/// <param name="Name">The subnet's name.</param>
/// <param name="Routable">Whether requests can be sent to it; false for one that only teaches.</param>
/// <param name="Top1">Percent on the test set.</param>
/// <param name="MAdds">Multiply-adds an image.</param>
/// <param name="Parameters">Learnt numbers it reads.</param>
public sealed record ReportedWidth(string Name, bool Routable, double Top1, long MAdds, long Parameters);
