using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>Small supernets that no family would build.</summary>
internal static class TinyGraphs
{
    /// <summary>Every operator at least once, batch normalization both after a convolution and after something else, odd sizes, a gate.</summary>
    public static SupernetGraph EveryOperator()
    {
        var graph = new GraphBuilder("every-operator", channels: 2, height: 7, width: 6);
        var stem = graph.Axis("stem.out", 3, 5);
        var width = graph.Axis("width", 2, 4, 6);
        var value = graph.Conv("stem.conv", graph.Input, graph.InputChannels, stem, kernel: 3, bias: true);
        value = graph.Norm("stem.norm", value, stem);
        var features = graph.Activation("stem.activation", value, ActivationKind.HardSwish);

        var pooled = graph.Add(new GlobalAveragePoolNode("gate.pool", features));
        var scores = graph.Conv("gate.scores", pooled, stem, graph.Axis("candidates", 2));
        scores = graph.Add(new FlattenNode("gate.flatten", scores));
        graph.Gate(new Gate("gate", features, scores, ["narrow", "wide"]));

        value = graph.Conv("body.conv", features, stem, width);
        value = graph.Add(new BatchNormNode("body.norm", value, width, AffineSharing.Private, Epsilon: 1e-3, Momentum: 0.1));
        value = graph.Activation("body.swish", value, ActivationKind.Swish);
        value = graph.Norm("body.late_norm", value, width);
        var shortcut = value;
        value = graph.Depthwise("body.depthwise", value, width, kernel: 3, stride: 1);
        value = graph.Activation("body.relu", value, ActivationKind.Relu);
        value = graph.Add(new AveragePoolNode("body.average", value, Kernel: 3, Stride: 1, Padding: 1));
        value = graph.Add(new AddNode("body.add", value, shortcut));
        var factor = graph.Add(new GlobalAveragePoolNode("attention.pool", value));
        factor = graph.Activation("attention.sigmoid", factor, ActivationKind.Sigmoid);
        value = graph.Add(new MultiplyNode("attention.scale", value, factor));
        value = graph.Add(new MultiplyNode("attention.square", value, value));
        value = graph.Add(new MaxPoolNode("head.max", value, Kernel: 3, Stride: 2, Padding: 1));
        value = graph.Add(new FlattenNode("head.flatten", value));
        value = graph.Add(new DropoutNode("head.dropout", value, Rate: 0.5));
        value = graph.Add(new LinearNode("head.linear", value, width, graph.Axis("classes", 4)));
        graph.Subnet("narrow", routable: true, axis => 0);
        graph.Subnet("middle", routable: true, axis => axis.Name == width ? 1 : 0);
        graph.Subnet("wide", routable: true, axis => axis.Name == width ? 2 : 0);
        graph.Subnet("teacher", routable: false, axis => axis.Sizes.Count - 1);
        return graph.Build(value);
    }

    /// <summary>No gate, and nodes that are called what the graphs' ports are called, or what another node's weight is called.</summary>
    public static SupernetGraph AwkwardNames()
    {
        var graph = new GraphBuilder("awkward-names", channels: 1, height: 4, width: 4);
        var axis = graph.Axis("axis", 2, 3);
        var value = graph.Conv("logits", graph.Input, graph.InputChannels, axis);
        value = graph.Activation("logits.weights", value, ActivationKind.Swish);
        value = graph.Activation("logits.weights.sigmoid", value, ActivationKind.Sigmoid);
        value = graph.Activation("features", value, ActivationKind.Relu);
        value = graph.Activation("gate_logits", value, ActivationKind.HardSwish);
        value = graph.Add(new FlattenNode("output", value));
        value = graph.Add(new LinearNode("classifier", value, axis, graph.Axis("classes", 2)));
        value = graph.Add(new DropoutNode("output.last", value, Rate: 0.1));
        graph.Subnet("narrow", routable: true, _ => 0);
        graph.Subnet("wide", routable: true, _ => 1);
        return graph.Build(value);
    }

    /// <summary>A gate whose features are dropped-out input, so that the trunk hands on what it was given.</summary>
    public static SupernetGraph EmptyTrunk()
    {
        var graph = new GraphBuilder("empty-trunk", channels: 1, height: 2, width: 2);
        var features = graph.Add(new DropoutNode("trunk.dropout", graph.Input, Rate: 0.1));
        var pooled = graph.Add(new GlobalAveragePoolNode("gate.pool", features));
        var scores = graph.Conv("gate.scores", pooled, graph.InputChannels, graph.Axis("candidates", 2));
        graph.Gate(new Gate("gate", features, graph.Add(new FlattenNode("gate.flatten", scores)), ["narrow", "wide"]));
        var axis = graph.Axis("axis", 1, 2);
        var value = graph.Conv("conv", features, graph.InputChannels, axis);
        value = graph.Add(new FlattenNode("flatten", value));
        value = graph.Add(new LinearNode("linear", value, axis, graph.Axis("classes", 2)));
        graph.Subnet("narrow", routable: true, _ => 0);
        graph.Subnet("wide", routable: true, _ => 1);
        return graph.Build(value);
    }
}
