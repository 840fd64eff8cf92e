namespace Slimmable.Models;

/// <summary>
/// Slimmable ResNet (He et al., CVPR 2016; made slimmable by Yu et al., ICLR 2019). A block's stride is in its 3x3 convolution, as in the slimmable
/// networks' code. A shortcut is a 1x1 convolution where the shape changes, else the value itself.
/// </summary>
public static class ResNet
{
    private const int Expansion = 4;

    /// <summary>Builds the supernet: a routable subnet <c>width-M</c> for each multiplier, no gate.</summary>
    /// <exception cref="InvalidOptionsException">The options contradict each other; every fault is listed.</exception>
    /// <exception cref="InvalidGraphException">The options do not make a valid graph.</exception>
    public static SupernetGraph Build(ResNetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var graph = new WidthGraph("ResNet", options);
        var axis = graph.Axis("stem.out", graph.Sizes(options.StemChannels));
        var value = Stem(graph, options.Stem, axis);
        foreach (var (index, stage) in options.Stages.Index())
        {
            var name = $"stage{index + 1}";
            var inner = graph.Axis($"{name}.inner", graph.Sizes(stage.Channels));
            var sizes = graph.Sizes(stage.Channels, options.Block == ResNetBlock.Bottleneck ? Expansion : 1);

            // A stage as wide as what it reads adds to it, and values that are added are of one axis.
            var outer = stage.Stride == 1 && sizes.SequenceEqual(graph.SizesOf(axis)) ? axis : graph.Axis($"{name}.out", sizes);
            for (var block = 0; block < stage.Blocks; block++)
            {
                value = Block(graph, options.Block, $"{name}.{block}", value, axis, inner, outer, block == 0 ? stage.Stride : 1);
                axis = outer;
            }
        }

        return graph.PoolAndClassify(value, axis);
    }

    private static string Stem(WidthGraph graph, ResNetStem stem, string axis)
    {
        if (stem == ResNetStem.Small)
        {
            return graph.ConvNormRelu("stem.conv", graph.Input, graph.InputChannels, axis, kernel: 3);
        }

        var value = graph.ConvNormRelu("stem.conv", graph.Input, graph.InputChannels, axis, kernel: 7, stride: 2);
        return graph.Add(new MaxPoolNode("stem.pool", value, Kernel: 3, Stride: 2, Padding: 1));
    }

    private static string Block(
        WidthGraph graph, ResNetBlock kind, string name, string input, string inAxis, string inner, string outer, int stride)
    {
        string value;
        if (kind == ResNetBlock.Basic)
        {
            value = graph.ConvNormRelu($"{name}.conv1", input, inAxis, inner, kernel: 3, stride);
            value = graph.ConvNorm($"{name}.conv2", value, inner, outer, kernel: 3);
        }
        else
        {
            value = graph.ConvNormRelu($"{name}.conv1", input, inAxis, inner, kernel: 1);
            value = graph.ConvNormRelu($"{name}.conv2", value, inner, inner, kernel: 3, stride);
            value = graph.ConvNorm($"{name}.conv3", value, inner, outer, kernel: 1);
        }

        var shortcut = stride == 1 && inAxis == outer ? input : graph.ConvNorm($"{name}.shortcut", input, inAxis, outer, kernel: 1, stride);
        return graph.Relu($"{name}.activation", graph.Add(new AddNode($"{name}.sum", value, shortcut)));
    }
}
