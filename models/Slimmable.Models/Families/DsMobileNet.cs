namespace Slimmable.Models;

/// <summary>
/// DS-MBNet (Li et al., "Dynamic Slimmable Network", CVPR 2021): depthwise separable blocks without skip connections, attention in each,
/// and in one block a second head on the squeezed features, the slimming head, that picks the width of all that follows.
/// </summary>
public static class DsMobileNet
{
    /// <summary>Builds the supernet.</summary>
    /// <remarks>
    /// Subnets <c>uniform-c</c> take index 0 up to the gate and index c on every axis after it. Where an axis before the gate is elastic,
    /// <c>largest</c> takes every axis at its maximum and only teaches.
    /// </remarks>
    /// <exception cref="InvalidOptionsException">The options contradict each other; every fault is listed.</exception>
    /// <exception cref="InvalidGraphException">The options do not make a valid graph.</exception>
    public static SupernetGraph Build(DsMobileNetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException($"DS-MBNet '{options.Name}'", faults);
        }

        var graph = new GraphBuilder(options.Name, options.Data.Channels, options.Data.Height, options.Data.Width);
        var axis = graph.Axis("stem.out", options.StemWidths);
        var value = graph.Conv("stem.conv", graph.Input, graph.InputChannels, axis, kernel: 3, options.StemStride);
        value = graph.Norm("stem.norm", value, axis);
        value = graph.Activation("stem.activation", value, options.Activation);

        var routed = new HashSet<string>();
        for (var stage = 1; stage <= options.Stages.Count; stage++)
        {
            var (widths, blocks, stride) = options.Stages[stage - 1];
            var outAxis = graph.Axis($"stage{stage}.out", widths);
            if (stage >= options.GatedStage)
            {
                routed.Add(outAxis);
            }

            for (var block = 0; block < blocks; block++)
            {
                var gated = stage == options.GatedStage && block == 0;
                value = Block(graph, options, $"stage{stage}.{block}", value, axis, outAxis, block == 0 ? stride : 1, gated);
                axis = outAxis;
            }
        }

        value = graph.Add(new GlobalAveragePoolNode("head.pool", value));
        value = graph.Add(new FlattenNode("head.flatten", value));
        value = graph.Add(new DropoutNode("head.dropout", value, options.Dropout));
        value = graph.Add(new LinearNode("head.classifier", value, axis, graph.Axis("classes", options.Data.Classes)));
        AddSubnets(graph, routed);
        return graph.Build(value);
    }

    private static string Block(
        GraphBuilder graph, DsMobileNetOptions options, string name, string value, string inAxis, string outAxis, int stride, bool gated)
    {
        value = graph.Depthwise($"{name}.depthwise", value, inAxis, kernel: 3, stride);
        value = graph.Norm($"{name}.depthwise_norm", value, inAxis);
        value = graph.Activation($"{name}.depthwise_activation", value, options.Activation);
        value = DoubleHeadedGate(graph, options, name, value, inAxis, gated);
        value = graph.Conv($"{name}.pointwise", value, inAxis, outAxis);
        value = graph.Norm($"{name}.pointwise_norm", value, outAxis);
        return graph.Activation($"{name}.pointwise_activation", value, options.Activation);
    }

    private static string DoubleHeadedGate(GraphBuilder graph, DsMobileNetOptions options, string name, string value, string axis, bool gated)
    {
        var widest = graph.Axes.Single(known => known.Name == axis).Largest;
        var squeezed = graph.Axis($"{name}.squeeze", Channels.Divisible(options.SqueezeRatio * widest, divisor: 1));
        var pooled = graph.Add(new GlobalAveragePoolNode($"{name}.attention.pool", value));
        var reduced = graph.Conv($"{name}.attention.reduce", pooled, axis, squeezed, bias: true);
        reduced = graph.Activation($"{name}.attention.relu", reduced, ActivationKind.Relu);
        var expanded = graph.Conv($"{name}.attention.expand", reduced, squeezed, axis, bias: true);
        expanded = graph.Activation($"{name}.attention.sigmoid", expanded, ActivationKind.Sigmoid);
        var attended = graph.Add(new MultiplyNode($"{name}.attention.scale", value, expanded));
        if (gated)
        {
            var candidates = graph.Axis("gate.candidates", options.Candidates.Count);
            var scores = graph.Conv("gate.slimming", reduced, squeezed, candidates);
            var logits = graph.Add(new FlattenNode("gate.logits", scores));
            graph.Gate(new Gate("gate", attended, logits, [.. options.Candidates.Select(Uniform)]));
        }

        return attended;
    }

    private static void AddSubnets(GraphBuilder graph, HashSet<string> routed)
    {
        var choices = graph.Axes.Where(axis => routed.Contains(axis.Name)).Max(axis => axis.Sizes.Count);
        for (var choice = 0; choice < choices; choice++)
        {
            var index = choice;
            graph.Subnet(Uniform(index), routable: true, axis => routed.Contains(axis.Name) ? Math.Min(index, axis.Sizes.Count - 1) : 0);
        }

        if (graph.Axes.Any(axis => axis.IsElastic && !routed.Contains(axis.Name)))
        {
            graph.Subnet("largest", routable: false, axis => axis.Sizes.Count - 1);
        }
    }

    private static string Uniform(int index) => $"uniform-{index}";
}
