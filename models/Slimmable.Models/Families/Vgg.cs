namespace Slimmable.Models;

/// <summary>
/// Slimmable VGG with batch normalization (Simonyan and Zisserman, ICLR 2015): stages of 3x3 convolutions with bias, each ended by a 2x2 max pool,
/// and a classifier with hidden layers or none.
/// </summary>
public static class Vgg
{
    /// <summary>Builds the supernet: a routable subnet <c>width-M</c> for each multiplier, no gate.</summary>
    /// <exception cref="InvalidOptionsException">The options contradict each other; every fault is listed.</exception>
    /// <exception cref="InvalidGraphException">The options do not make a valid graph.</exception>
    public static SupernetGraph Build(VggOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var graph = new WidthGraph("VGG", options);
        var (value, axis) = (graph.Input, graph.InputChannels);
        foreach (var (index, count) in options.Convolutions.Index())
        {
            var name = $"stage{index + 1}";
            var outAxis = graph.Axis($"{name}.out", graph.Sizes(options.Channels[index]));
            for (var convolution = 0; convolution < count; convolution++)
            {
                value = graph.ConvNormRelu($"{name}.{convolution}", value, axis, outAxis, kernel: 3, bias: true);
                axis = outAxis;
            }

            if (index + 1 < options.Convolutions.Count || options.Hidden.Count > 0)
            {
                value = graph.Add(new MaxPoolNode($"{name}.pool", value, Kernel: 2, Stride: 2, Padding: 0));
            }
        }

        return options.Hidden.Count == 0 ? graph.PoolAndClassify(value, axis) : HideAndClassify(graph, options, value, axis);
    }

    private static SupernetGraph HideAndClassify(WidthGraph graph, VggOptions options, string value, string axis)
    {
        value = graph.Add(new FlattenNode("head.flatten", value));
        foreach (var (index, channels) in options.Hidden.Index())
        {
            var name = $"head.hidden{index + 1}";
            var outAxis = graph.Axis($"{name}.out", graph.Sizes(channels));
            value = graph.Add(new LinearNode(name, value, axis, outAxis));
            value = graph.Relu($"{name}_activation", value);
            value = graph.Add(new DropoutNode($"{name}_dropout", value, options.Dropout));
            axis = outAxis;
        }

        return graph.Classify(value, axis);
    }
}
