using Slimmable.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Slimmable.Training;

/// <summary>Runs one node in one subnet. The training reader of the graph: a node type is one case here.</summary>
internal sealed class NodeInterpreter(SupernetGraph graph, Func<string, Tensor> tensorOf)
{
    /// <summary>Computes a node's value; it may be the input itself, overwritten.</summary>
    /// <param name="node">The node.</param>
    /// <param name="values">Values by name, all inputs among them.</param>
    /// <param name="subnet">Whose prefix of the weights is taken.</param>
    /// <param name="mode">What else the pass does.</param>
    /// <param name="overwrite">Whether an activation may compute in place.</param>
    public Tensor Run(Node node, Dictionary<string, Tensor> values, Subnet subnet, ForwardMode mode, bool overwrite)
    {
        var input = values[node.Inputs[0]];
        switch (node)
        {
            case Conv2dNode conv:
                var groups = conv.Kind == ConvolutionKind.Depthwise ? graph.ChannelsOf(conv.Name, subnet) : 1;
                using (var weight = Slice(node, TensorRole.Weight, subnet))
                using (var bias = conv.Bias ? Slice(node, TensorRole.Bias, subnet) : null)
                {
                    return functional.conv2d(input, weight, bias, [conv.Stride, conv.Stride], [conv.Padding, conv.Padding], groups: groups);
                }

            case LinearNode:
                using (var weight = Slice(node, TensorRole.Weight, subnet))
                using (var bias = Slice(node, TensorRole.Bias, subnet))
                {
                    return functional.linear(input, weight, bias);
                }

            case BatchNormNode norm:
                using (var gamma = Slice(node, TensorRole.Gamma, subnet))
                using (var beta = Slice(node, TensorRole.Beta, subnet))
                {
                    return functional.batch_norm(
                        input,
                        Stored(node, TensorRole.RunningMean, subnet),
                        Stored(node, TensorRole.RunningVariance, subnet),
                        gamma,
                        beta,
                        mode.BatchStatistics,
                        mode.MomentumOr(norm.Momentum),
                        norm.Epsilon);
                }

            case ActivationNode activation:
                return Activate(activation.Kind, input, overwrite);
            case GlobalAveragePoolNode:
                return functional.adaptive_avg_pool2d(input, [1, 1]);
            case AveragePoolNode pool:
                return functional.avg_pool2d(input, [pool.Kernel, pool.Kernel], [pool.Stride, pool.Stride], [pool.Padding, pool.Padding]);
            case MaxPoolNode pool:
                return functional.max_pool2d(input, [pool.Kernel, pool.Kernel], [pool.Stride, pool.Stride], [pool.Padding, pool.Padding]);
            case AddNode add:
                return input.add(values[add.Right]);
            case MultiplyNode multiply:
                return input.mul(values[multiply.Right]);
            case FlattenNode:
                return input.flatten(1);
            case DropoutNode dropout:
                return mode.Dropout && dropout.Rate > 0 ? functional.dropout(input, dropout.Rate, true, false) : input.alias();
            default:
                throw new NotSupportedException($"node '{node.Name}': {node.GetType().Name}");
        }
    }

    private static Tensor Activate(ActivationKind kind, Tensor input, bool overwrite)
    {
        // The gradients of ReLU and sigmoid are functions of what they yield; those of the others need what they read.
        if (overwrite && (kind is ActivationKind.Relu or ActivationKind.Sigmoid || !input.requires_grad))
        {
            _ = kind switch
            {
                ActivationKind.Relu => input.relu_(),
                ActivationKind.Swish => input.silu_(),
                ActivationKind.HardSwish => functional.hardswish(input, inplace: true),
                ActivationKind.Sigmoid => input.sigmoid_(),
                _ => throw new NotSupportedException($"activation {kind}"),
            };
            return input;
        }

        return kind switch
        {
            ActivationKind.Relu => input.relu(),
            ActivationKind.Swish => input.silu(),
            ActivationKind.HardSwish => functional.hardswish(input),
            ActivationKind.Sigmoid => input.sigmoid(),
            _ => throw new NotSupportedException($"activation {kind}"),
        };
    }

    /// <summary>A tensor that no subnet slices: the statistics of the subnet's own width.</summary>
    private Tensor Stored(Node node, TensorRole role, Subnet subnet) => tensorOf(graph.TensorOf(node, role, subnet).Name);

    /// <summary>The subnet's prefix of a tensor, as a view that gradients flow through.</summary>
    private Tensor Slice(Node node, TensorRole role, Subnet subnet)
    {
        var spec = graph.TensorOf(node, role, subnet);
        var view = tensorOf(spec.Name).alias();
        for (var dimension = 0; dimension < spec.Dimensions.Count; dimension++)
        {
            var (full, length) = (spec.Dimensions[dimension].Full, spec.Dimensions[dimension].In(subnet));
            if (length < full)
            {
                var narrowed = view.narrow(dimension, 0, length);
                view.Dispose();
                view = narrowed;
            }
        }

        return view;
    }
}
