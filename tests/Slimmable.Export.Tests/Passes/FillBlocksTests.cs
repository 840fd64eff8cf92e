using Slimmable.Models;
using static Slimmable.Export.Tests.PlainNetworks;

namespace Slimmable.Export.Tests;

public sealed class FillBlocksTests
{
    [Fact]
    public void Zeros_fill_the_channels_between_two_convolutions_of_one_pixel()
    {
        var network = Attention(17);

        var filled = FillBlocks.Apply(network);

        Assert.Equal([[2, 1, 1], [32, 1, 1], [32, 1, 1], [2, 1, 1]], filled.Nodes.Select(node => node.Shape));
        var (reduce, expand) = (Assert.IsType<PlainConv>(filled.Nodes[1]), Assert.IsType<PlainConv>(filled.Nodes[3]));
        Assert.Equal([32, 2, 1, 1], reduce.Weight.Shape);
        Assert.Equal([2, 32, 1, 1], expand.Weight.Shape);
        Assert.All(reduce.Weight.Values.ToArray().Skip(34).Concat(reduce.Bias!.Values.ToArray().Skip(17)), value => Assert.Equal(0, value));
        AssertSameAnswers(network, filled);
    }

    [Fact]
    public void What_fills_whole_blocks_is_not_touched() => AssertUntouched(Attention(16));

    [Fact]
    public void A_convolution_of_more_pixels_is_not_touched() =>
        AssertUntouched(Of([Conv("first", "x", bias: true), Relu("relu", "first"), Conv("second", "x", bias: true)], "second", "relu"));

    [Fact]
    public void A_value_that_leaves_or_has_another_reader_is_not_touched()
    {
        var nodes = Attention(17).Nodes;
        AssertUntouched(Of(nodes, "expand", "relu"));
        AssertUntouched(Of([.. nodes, new PlainActivation("other", ["reduce"], [17, 1, 1], ActivationKind.Sigmoid)], "expand", "other"));
    }

    private static PlainNetwork Attention(int hidden) => Of(
        [
            Pool("pool"), Pointwise("reduce", "pool", 2, hidden), new PlainActivation("relu", ["reduce"], [hidden, 1, 1], ActivationKind.Sigmoid),
            Pointwise("expand", "relu", hidden, 2),
        ],
        "expand");

    private static void AssertUntouched(PlainNetwork network) => Assert.Equal(network.Nodes, FillBlocks.Apply(network).Nodes);
}
