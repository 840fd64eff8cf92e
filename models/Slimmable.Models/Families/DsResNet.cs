namespace Slimmable.Models;

/// <summary>
/// A dynamic slimmable residual network: the basic blocks of ResNet (He et al., CVPR 2016) behind a trunk and a gate, with DS-Net's width choice (Li et
/// al., "Dynamic Slimmable Network", CVPR 2021): one gate picks the width of all that follows it. Dense 3x3 convolutions give more
/// multiply-adds a second on a CPU than depthwise ones, in training and in serving.
/// </summary>
public static class DsResNet
{
    /// <summary>Builds the supernet.</summary>
    /// <remarks>Subnets <c>uniform-c</c> take index c on every axis after the gate; before it there is one width.</remarks>
    /// <exception cref="InvalidOptionsException">The options contradict each other; every fault is listed.</exception>
    /// <exception cref="InvalidGraphException">The options do not make a valid graph.</exception>
    public static SupernetGraph Build(DsResNetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException($"DS-ResNet '{options.Name}'", faults);
        }

        var graph = new GraphBuilder(options.Name, options.Data.Channels, options.Data.Height, options.Data.Width);
        var axis = graph.Axis("stem.out", options.StemChannels);
        var value = ConvNorm(graph, "stem.conv", graph.Input, graph.InputChannels, axis, kernel: 3, stride: 1);
        value = graph.Activation("stem.activation", value, options.Activation);
        (value, axis) = Blocks(graph, options, "trunk", value, axis, [options.TrunkChannels], options.TrunkBlocks, stride: 2);
        Gate(graph, options, value, axis);
        foreach (var (index, stage) in options.Stages.Index())
        {
            (value, axis) = Blocks(graph, options, $"stage{index + 1}", value, axis, stage.Widths, stage.Blocks, stage.Stride);
        }

        value = graph.Add(new GlobalAveragePoolNode("head.pool", value));
        value = graph.Add(new FlattenNode("head.flatten", value));
        value = graph.Add(new LinearNode("head.classifier", value, axis, graph.Axis("classes", options.Data.Classes)));
        for (var width = 0; width < options.Widths; width++)
        {
            var index = width;
            graph.Subnet(Uniform(width), routable: true, _ => index);
        }

        return graph.Build(value);
    }

    private static (string Value, string Axis) Blocks(
        GraphBuilder graph, DsResNetOptions options, string stage, string value, string axis, IReadOnlyList<int> widths, int blocks, int stride)
    {
        var outAxis = graph.Axis($"{stage}.out", widths);
        for (var block = 0; block < blocks; block++)
        {
            var name = $"{stage}.{block}";
            var first = block == 0;
            var shortcut = first ? ConvNorm(graph, $"{name}.shortcut", value, axis, outAxis, kernel: 1, stride) : value;
            value = ConvNorm(graph, $"{name}.conv1", value, first ? axis : outAxis, outAxis, kernel: 3, first ? stride : 1);
            value = graph.Activation($"{name}.activation1", value, options.Activation);
            value = ConvNorm(graph, $"{name}.conv2", value, outAxis, outAxis, kernel: 3, stride: 1);
            value = graph.Add(new AddNode($"{name}.sum", value, shortcut));
            value = graph.Activation($"{name}.activation2", value, options.Activation);
        }

        return (value, outAxis);
    }

    /// <summary>
    /// Convolutions of its own look for what makes an image hard before the pooling: what the classifier needs of the features is not what tells
    /// easy from hard. They have no batch normalization, as Stage II learns them while everything else stands still.
    /// </summary>
    private static void Gate(GraphBuilder graph, DsResNetOptions options, string features, string axis)
    {
        var value = features;
        foreach (var (index, channels) in options.GateChannels.Index())
        {
            var seen = graph.Axis($"gate.seen{index + 1}", channels);
            value = graph.Conv($"gate.conv{index + 1}", value, axis, seen, kernel: 3, stride: 2, bias: true);
            value = graph.Activation($"gate.activation{index + 1}", value, ActivationKind.Relu);
            axis = seen;
        }

        value = graph.Add(new GlobalAveragePoolNode("gate.pool", value));
        var hidden = graph.Axis("gate.hidden", options.GateHidden);
        value = graph.Conv("gate.reduce", value, axis, hidden, bias: true);
        value = graph.Activation("gate.relu", value, ActivationKind.Relu);
        value = graph.Conv("gate.slimming", value, hidden, graph.Axis("gate.candidates", options.Widths), bias: true);
        value = graph.Add(new FlattenNode("gate.logits", value));
        graph.Gate(new Gate("gate", features, value, [.. Enumerable.Range(0, options.Widths).Select(Uniform)]));
    }

    private static string ConvNorm(GraphBuilder graph, string node, string from, string inAxis, string outAxis, int kernel, int stride) =>
        graph.Norm($"{node}_norm", graph.Conv(node, from, inAxis, outAxis, kernel, stride), outAxis);

    private static string Uniform(int index) => $"uniform-{index}";
}
