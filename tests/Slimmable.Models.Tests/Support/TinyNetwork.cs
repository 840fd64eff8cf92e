namespace Slimmable.Models.Tests;

/// <summary>The smallest network with every part a supernet has; tests break one thing of it at a time.</summary>
internal static class TinyNetwork
{
    public static GraphDefinition Definition { get; } = new(
        "tiny",
        new ImageInput("input", "image", Height: 4, Width: 6),
        [new("image", [1]), new("stem", [2]), new("body", [4, 8]), new("scores", [2]), new("classes", [3])],
        [
            new Conv2dNode("stem.conv", "input", ConvolutionKind.Dense, "image", "stem", Kernel: 3, Stride: 1, Padding: 1, Bias: false),
            new BatchNormNode("stem.norm", "stem.conv", "stem", AffineSharing.Shared, Epsilon: 1e-5, Momentum: 0.1),
            new ActivationNode("stem.relu", "stem.norm", ActivationKind.Relu),
            new GlobalAveragePoolNode("gate.pool", "stem.relu"),
            new Conv2dNode("gate.conv", "gate.pool", ConvolutionKind.Dense, "stem", "scores", Kernel: 1, Stride: 1, Padding: 0, Bias: true),
            new FlattenNode("gate.logits", "gate.conv"),
            new Conv2dNode("body.conv", "stem.relu", ConvolutionKind.Dense, "stem", "body", Kernel: 1, Stride: 1, Padding: 0, Bias: false),
            new BatchNormNode("body.norm", "body.conv", "body", AffineSharing.Shared, Epsilon: 1e-5, Momentum: 0.1),
            new GlobalAveragePoolNode("head.pool", "body.norm"),
            new FlattenNode("head.flatten", "head.pool"),
            new LinearNode("head.linear", "head.flatten", "body", "classes"),
        ],
        "head.linear",
        [
            new("narrow", Routable: true, new Dictionary<string, int> { ["body"] = 0 }),
            new("wide", Routable: true, new Dictionary<string, int> { ["body"] = 1 }),
        ],
        [new("gate", "stem.relu", "gate.logits", ["narrow", "wide"])]);

    public static SupernetGraph Graph => SupernetGraph.Create(Definition);

    /// <summary>The same without a gate and its nodes.</summary>
    public static GraphDefinition WithoutGate { get; } = Definition with
    {
        Nodes = [.. Definition.Nodes.Where(node => !node.Name.StartsWith("gate.", StringComparison.Ordinal))],
        Gates = [],
    };

    /// <summary>Replaces the axis of the same name.</summary>
    public static GraphDefinition With(this GraphDefinition definition, Axis axis) =>
        definition with { Axes = [.. definition.Axes.Select(known => known.Name == axis.Name ? axis : known)] };

    /// <summary>Replaces the node of the same name.</summary>
    public static GraphDefinition With(this GraphDefinition definition, Node node) =>
        definition with { Nodes = [.. definition.Nodes.Select(known => known.Name == node.Name ? node : known)] };

    /// <summary>Replaces the subnet of the same name.</summary>
    public static GraphDefinition With(this GraphDefinition definition, Subnet subnet) =>
        definition with { Subnets = [.. definition.Subnets.Select(known => known.Name == subnet.Name ? subnet : known)] };

    /// <summary>Replaces the gate.</summary>
    public static GraphDefinition With(this GraphDefinition definition, Func<Gate, Gate> change) =>
        definition with { Gates = [change(definition.Gates[0])] };

    /// <summary>The node of a name, to be changed by <c>with</c>.</summary>
    public static T Node<T>(string name)
        where T : Node => (T)Definition.Nodes.Single(node => node.Name == name);
}
