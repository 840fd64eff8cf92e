namespace Slimmable.Export;

/// <summary>A value that enters or leaves a network.</summary>
/// <param name="Name">What the outside calls it.</param>
/// <param name="Value">What the network's nodes call it.</param>
/// <param name="Shape">Without the batch.</param>
/// <param name="Type">What it consists of.</param>
internal sealed record Port(string Name, string Value, IReadOnlyList<int> Shape, PlainType Type = PlainType.F32);

/// <summary>
/// A network of one width with weights of its own: what slicing yields and all that follows works on. It knows nothing of supernets.
/// </summary>
/// <param name="Name">The graph's name in the file.</param>
/// <param name="Inputs">What enters.</param>
/// <param name="Nodes">In topological order.</param>
/// <param name="Outputs">What leaves.</param>
internal sealed record PlainNetwork(string Name, IReadOnlyList<Port> Inputs, IReadOnlyList<PlainNode> Nodes, IReadOnlyList<Port> Outputs);
