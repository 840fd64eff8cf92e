using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class SubnetSlicerTests
{
    private static readonly SupernetGraph Graph = TinyGraphs.EveryOperator();
    private static readonly Checkpoint Checkpoint = RandomCheckpoint.Of(Graph);

    [Fact]
    public void A_tail_holds_what_lies_between_the_features_and_the_logits()
    {
        var tail = Slice("middle", ("features", Graph.Gate!.Features), ("logits", Graph.Definition.Logits));

        Assert.Equal("a name", tail.Name);
        Assert.Equal("body.conv", tail.Nodes[0].Name);
        Assert.Equal("head.linear", tail.Nodes[^1].Name);
        Assert.DoesNotContain(tail.Nodes, node => node.Name.Split('.')[0] is "stem" or "gate");
        Assert.Equal(("features", "stem.activation"), (tail.Inputs.Single().Name, tail.Inputs.Single().Value));
        Assert.Equal([3, 7, 6], tail.Inputs.Single().Shape);
        Assert.Equal([4], tail.Outputs.Single().Shape);
    }

    [Fact]
    public void Shapes_are_those_of_the_subnet()
    {
        var shapes = Full("middle").Nodes.ToDictionary(node => node.Name, node => node.Shape);

        Assert.Equal([3, 7, 6], shapes["stem.conv"]);
        Assert.Equal([4, 7, 6], shapes["body.depthwise"]);
        Assert.Equal([4, 1, 1], shapes["attention.pool"]);
        Assert.Equal([4, 4, 3], shapes["head.max"]);
        Assert.Equal([48], shapes["head.flatten"]);
    }

    [Fact]
    public void A_depthwise_convolution_has_as_many_groups_as_the_subnet_has_channels()
    {
        Assert.Equal(2, Node<PlainConv>("narrow", "body.depthwise").Groups);
        Assert.Equal([6, 1, 3, 3], Node<PlainConv>("wide", "body.depthwise").Weight.Shape);
        Assert.Equal(1, Node<PlainConv>("wide", "body.conv").Groups);
    }

    [Fact]
    public void Shared_affine_is_a_prefix_and_statistics_are_those_of_the_width()
    {
        var norm = Node<PlainBatchNorm>("middle", "body.late_norm");

        Assert.Equal(Checkpoint.Weights["body.late_norm.weight"][..4], norm.Gamma.Values.ToArray());
        Assert.Equal(Checkpoint.Weights["body.late_norm.bias"][..4], norm.Beta.Values.ToArray());
        Assert.Equal(Checkpoint.Weights["body.late_norm.1.running_mean"], norm.Mean.Values.ToArray());
        Assert.Equal(Checkpoint.Weights["body.late_norm.1.running_var"], norm.Variance.Values.ToArray());
        Assert.Equal(
            ["body.late_norm.weight", "body.late_norm.bias", "body.late_norm.running_mean", "body.late_norm.running_var"],
            norm.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void Private_affine_is_that_of_the_width()
    {
        var norm = Node<PlainBatchNorm>("wide", "body.norm");

        Assert.Equal(Checkpoint.Weights["body.norm.2.weight"], norm.Gamma.Values.ToArray());
        Assert.Equal(Checkpoint.Weights["body.norm.2.bias"], norm.Beta.Values.ToArray());
        Assert.Equal(1e-3, norm.Epsilon);
    }

    [Fact]
    public void A_linear_layer_after_a_flatten_keeps_whole_channels()
    {
        var weight = Node<PlainLinear>("narrow", "head.linear").Weight;
        var shared = Checkpoint.Weights["head.linear.weight"];

        Assert.Equal([4, 2 * 12], weight.Shape);
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(row => shared[(row * 72)..((row * 72) + 24)]), weight.Values.ToArray());
    }

    [Fact]
    public void Dropout_does_nothing() => Assert.Equal(["head.flatten"], Node<PlainIdentity>("narrow", "head.dropout").Inputs);

    private static PlainNetwork Slice(string subnet, (string Port, string Value) input, params IReadOnlyList<(string Port, string Value)> outputs) =>
        new SubnetSlicer(Checkpoint, Graph.Subnet(subnet)).Slice("a name", input, outputs);

    private static PlainNetwork Full(string subnet) => Slice(subnet, ("input", Graph.Input.Name), ("logits", Graph.Definition.Logits));

    private static T Node<T>(string subnet, string name)
        where T : PlainNode => Assert.IsType<T>(Full(subnet).Nodes.Single(node => node.Name == name));
}
