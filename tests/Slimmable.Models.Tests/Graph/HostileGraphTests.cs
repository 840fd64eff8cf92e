namespace Slimmable.Models.Tests;

/// <summary>Graphs whose numbers are each allowed and together absurd: a checkpoint from anywhere can hold one.</summary>
public class HostileGraphTests
{
    private static readonly GraphDefinition Tiny = TinyNetwork.Definition;

    [Fact]
    public void A_weight_larger_than_memory_is_refused()
    {
        var broken = Tiny.With(new Axis("stem", [1 << 20])).With(new Axis("body", [4, 1 << 20]));

        AssertFaults(broken, "node 'body.conv': its Weight would have 1099511627776 elements, at most 2147483647 are allowed");
    }

    [Fact]
    public void A_value_larger_than_memory_is_refused()
    {
        var broken = Tiny with { Input = Tiny.Input with { Height = 1 << 14, Width = 1 << 14 } };

        AssertFaults(broken, "node 'body.conv': its value would have 2147483648 elements an image, at most 2147483647 are allowed");
    }

    [Fact]
    public void Pixels_of_a_flat_value_do_not_wrap_around_to_a_weight_without_elements()
    {
        var broken = Tiny with
        {
            Input = Tiny.Input with { Height = 1 << 16, Width = 1 << 16 },
            Nodes = [new FlattenNode("flatten", "input"), new LinearNode("linear", "flatten", "image", "classes")],
            Logits = "linear",
            Gates = [],
        };

        AssertFaults(broken, "input 'input': its value would have 4294967296 elements an image, at most 2147483647 are allowed");
    }

    [Fact]
    public void Multiply_adds_that_do_not_fit_64_bits_are_refused_and_do_not_turn_negative()
    {
        const int Layers = 400;
        var conv = new Conv2dNode("", "", ConvolutionKind.Dense, "body", "body", Kernel: 255, Stride: 1, Padding: 127, Bias: false);
        var chain = Enumerable.Range(1, Layers)
            .Select(layer => conv with { Name = $"layer{layer}", Input = layer == 1 ? "body.norm" : $"layer{layer - 1}" });
        var broken = Tiny.With(new Axis("body", [4, 181])) with
        {
            Input = Tiny.Input with { Height = 3400, Width = 3400 },
            Nodes = [.. Tiny.Nodes.Take(8), .. chain, new GlobalAveragePoolNode("head.pool", $"layer{Layers}"), .. Tiny.Nodes.Skip(9)],
        };

        AssertFaults(broken, "cost: at full width it has more multiply-adds than 64 bits can count");
    }

    [Fact]
    public void More_tensors_than_any_network_has_are_refused_before_they_are_listed()
    {
        var many = new Axis("body", [.. Enumerable.Range(1, 60_000)]);

        AssertFaults(Tiny.With(many), "tensors: expected at most 100000, found more at node 'body.norm'");
    }

    [Fact]
    public void Two_nodes_cannot_store_a_tensor_of_one_name()
    {
        var withPrivate = Tiny.With(TinyNetwork.Node<BatchNormNode>("body.norm") with { Affine = AffineSharing.Private });
        var clash = new Conv2dNode("body.norm.1", "body.norm", ConvolutionKind.Depthwise, "body", "body", 1, 1, 0, Bias: false);
        var broken = withPrivate with
        {
            Nodes = [.. withPrivate.Nodes.Take(8), clash, new GlobalAveragePoolNode("head.pool", "body.norm.1"), .. Tiny.Nodes.Skip(9)],
        };

        AssertFaults(broken, "node 'body.norm.1': its tensor 'body.norm.1.weight' has the name of another tensor or node");
    }

    [Fact]
    public void A_node_cannot_take_the_name_of_a_tensor()
    {
        var broken = Tiny with
        {
            Nodes = [.. Tiny.Nodes.Take(9), new FlattenNode("body.conv.weight", "head.pool"), new LinearNode("head.linear", "body.conv.weight", "body", "classes")],
        };

        AssertFaults(broken, "node 'body.conv': its tensor 'body.conv.weight' has the name of another tensor or node");
    }

    private static void AssertFaults(GraphDefinition broken, params string[] faults) =>
        Assert.Equal(faults, Assert.Throws<InvalidGraphException>(() => SupernetGraph.Create(broken)).Faults);
}
