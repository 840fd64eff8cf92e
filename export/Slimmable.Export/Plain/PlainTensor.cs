namespace Slimmable.Export;

/// <summary>A weight as the graph file will hold it.</summary>
/// <param name="Name">The node's name and the weight's part in it, e.g. <c>stem.conv.weight</c>.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Values">Row-major.</param>
internal sealed record PlainTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
