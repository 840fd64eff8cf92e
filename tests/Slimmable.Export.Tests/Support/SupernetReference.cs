using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>
/// Runs a subnet on the whole, unsliced weights, each element looked up by its index in the shared tensor, with nothing folded: what every
/// exported graph has to agree with.
/// </summary>
internal sealed class SupernetReference(Checkpoint checkpoint, Subnet subnet)
{
    private readonly SupernetGraph graph = checkpoint.Graph;

    /// <summary>Every node's value for one image, and the image itself, by name.</summary>
    public Dictionary<string, Volume> Run(Volume input)
    {
        var values = new Dictionary<string, Volume> { [graph.Input.Name] = input };
        foreach (var node in graph.Nodes)
        {
            values.Add(node.Name, Run(node, [.. node.Inputs.Select(name => values[name])]));
        }

        return values;
    }

    private Volume Run(Node node, Volume[] inputs) => node switch
    {
        Conv2dNode conv => Run(conv, inputs[0]),
        LinearNode linear => ReferenceMath.Linear(inputs[0], Channels(linear), Shared(linear, "weight"), Shared(linear, "bias")),
        BatchNormNode norm => ReferenceMath.Norm(
            inputs[0],
            norm.Affine == AffineSharing.Shared ? Shared(norm, "weight") : Private(norm, "weight"),
            norm.Affine == AffineSharing.Shared ? Shared(norm, "bias") : Private(norm, "bias"),
            Private(norm, "running_mean"),
            Private(norm, "running_var"),
            norm.Epsilon),
        ActivationNode activation => ReferenceMath.Activate(inputs[0], activation.Kind),
        GlobalAveragePoolNode => ReferenceMath.GlobalAveragePool(inputs[0]),
        AveragePoolNode pool => ReferenceMath.AveragePool(inputs[0], pool.Kernel, pool.Stride, pool.Padding),
        MaxPoolNode pool => ReferenceMath.MaxPool(inputs[0], pool.Kernel, pool.Stride, pool.Padding),
        AddNode => ReferenceMath.Add(inputs[0], inputs[1]),
        MultiplyNode => ReferenceMath.Multiply(inputs[0], inputs[1]),
        FlattenNode => ReferenceMath.Flatten(inputs[0]),
        DropoutNode => inputs[0],
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private Volume Run(Conv2dNode conv, Volume input)
    {
        var groups = conv.Kind == ConvolutionKind.Depthwise ? Channels(conv) : 1;
        var bias = conv.Bias ? Shared(conv, "bias") : null;
        return ReferenceMath.Conv(input, Channels(conv), groups, conv.Kernel, conv.Stride, conv.Padding, Shared(conv, "weight"), bias);
    }

    private int Channels(Node node) => subnet.WidthOn(AxisOf(node));

    private Axis AxisOf(Node node) => graph.Axis(graph.ShapeOf(node.Name).Axis);

    private IndexedTensor Shared(Node node, string part) => Tensor($"{node.Name}.{part}");

    private IndexedTensor Private(Node node, string part) => Tensor($"{node.Name}.{subnet.IndexOn(AxisOf(node))}.{part}");

    /// <summary>By the name that the checkpoint's format gives it, not by the lookup that the slicer uses.</summary>
    private IndexedTensor Tensor(string name) => new(graph.Tensors.Single(tensor => tensor.Name == name).FullShape, checkpoint.Weights[name]);
}
