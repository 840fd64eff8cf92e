namespace Slimmable.Models;

/// <summary>
/// An architecture as plain data, as it stands in a checkpoint. <see cref="SupernetGraph"/> is the same after every rule was checked.
/// </summary>
/// <param name="Name">The architecture's name, e.g. <c>ds-mbnet-imagenet</c>.</param>
/// <param name="Input">What goes in.</param>
/// <param name="Axes">Every dimension that nodes name.</param>
/// <param name="Nodes">In topological order: a node's inputs stand before it.</param>
/// <param name="Logits">The node that yields <c>[N, classes]</c>.</param>
/// <param name="Subnets">Routable subnets from cheap to dear, then those that only teach.</param>
/// <param name="Gates">None for a network whose width its caller chooses.</param>
public sealed record GraphDefinition(
    string Name,
    ImageInput Input,
    IReadOnlyList<Axis> Axes,
    IReadOnlyList<Node> Nodes,
    string Logits,
    IReadOnlyList<Subnet> Subnets,
    IReadOnlyList<Gate> Gates);
