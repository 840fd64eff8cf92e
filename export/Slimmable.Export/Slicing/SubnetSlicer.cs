using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Cuts a part of one subnet out of a supernet: the nodes between some values, each weight the prefix that the subnet uses, batch
/// normalization with the statistics of the subnet's width.
/// </summary>
internal sealed class SubnetSlicer(ICheckpoint checkpoint, Subnet subnet)
{
    private readonly SupernetGraph graph = checkpoint.Graph;
    private readonly IReadOnlyDictionary<string, TensorValues> tensors = checkpoint.Tensors;

    /// <summary>Cuts out the nodes that lead from one value to others.</summary>
    /// <param name="name">The new network's name.</param>
    /// <param name="input">What the outside calls the value that enters, and the node it is the value of, or the graph's input.</param>
    /// <param name="outputs">The same for what leaves.</param>
    public PlainNetwork Slice(string name, (string Port, string Value) input, params IReadOnlyList<(string Port, string Value)> outputs) => new(
        name,
        [ToPort(input)],
        [.. graph.NodesFor(outputs.Select(output => output.Value), input.Value).Select(Slice)],
        [.. outputs.Select(ToPort)]);

    private Port ToPort((string Port, string Value) end) => new(end.Port, end.Value, ShapeOf(end.Value));

    private PlainNode Slice(Node node)
    {
        var (name, inputs, shape) = (node.Name, node.Inputs, ShapeOf(node.Name));
        return node switch
        {
            Conv2dNode conv => new PlainConv(
                name,
                inputs,
                shape,
                Tensor(conv, TensorRole.Weight),
                conv.Bias ? Tensor(conv, TensorRole.Bias) : null,
                conv.Kind == ConvolutionKind.Depthwise ? shape[0] : 1,
                conv.Stride,
                conv.Padding),
            LinearNode linear => new PlainLinear(name, inputs, shape, Tensor(linear, TensorRole.Weight), Tensor(linear, TensorRole.Bias)),
            BatchNormNode norm => new PlainBatchNorm(
                name,
                inputs,
                shape,
                Tensor(norm, TensorRole.Gamma),
                Tensor(norm, TensorRole.Beta),
                Tensor(norm, TensorRole.RunningMean),
                Tensor(norm, TensorRole.RunningVariance),
                norm.Epsilon),
            ActivationNode activation => new PlainActivation(name, inputs, shape, activation.Kind),
            GlobalAveragePoolNode => new PlainGlobalAveragePool(name, inputs, shape),
            AveragePoolNode pool => new PlainAveragePool(name, inputs, shape, pool.Kernel, pool.Stride, pool.Padding),
            MaxPoolNode pool => new PlainMaxPool(name, inputs, shape, pool.Kernel, pool.Stride, pool.Padding),
            AddNode => new PlainAdd(name, inputs, shape),
            MultiplyNode => new PlainMultiply(name, inputs, shape),
            FlattenNode => new PlainFlatten(name, inputs, shape),
            DropoutNode => new PlainIdentity(name, inputs, shape),
            _ => throw new NotSupportedException($"no slicing for {node.GetType().Name}"),
        };
    }

    private PlainTensor Tensor(Node node, TensorRole role)
    {
        var spec = graph.TensorOf(node, role, subnet);
        var shape = spec.ShapeIn(subnet);
        return new PlainTensor($"{node.Name}.{PartOf(role)}", shape, PrefixSlice.Of(tensors[spec.Name], spec.FullShape, shape));
    }

    /// <summary>As in the checkpoint, but for the width, which a plain network has only one of.</summary>
    private static string PartOf(TensorRole role) => role switch
    {
        TensorRole.Weight or TensorRole.Gamma => "weight",
        TensorRole.Bias or TensorRole.Beta => "bias",
        TensorRole.RunningMean => "running_mean",
        TensorRole.RunningVariance => "running_var",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    private int[] ShapeOf(string value) => ShapeOf(graph, subnet, value);

    /// <summary>The shape of a value in a subnet, without the batch.</summary>
    public static int[] ShapeOf(SupernetGraph graph, Subnet subnet, string value)
    {
        var (channels, shape) = (graph.ChannelsOf(value, subnet), graph.ShapeOf(value));
        return shape.IsFlat ? [checked((int)(channels * shape.Pixels))] : [channels, shape.Height, shape.Width];
    }
}
