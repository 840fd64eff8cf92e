using static Slimmable.Export.Tests.PlainNetworks;

namespace Slimmable.Export.Tests;

public sealed class SpreadFactorsTests
{
    [Fact]
    public void A_factor_per_channel_is_spread_over_the_pixels()
    {
        var network = Of([Pool("pool"), new PlainMultiply("scale", ["x", "pool"], [2, 3, 3])], "scale");

        var spread = SpreadFactors.Apply(network);

        Assert.Equal(["pool", "scale/factor", "scale"], spread.Nodes.Select(node => node.Name));
        Assert.Equal([2, 3, 3], Assert.IsType<PlainSpread>(spread.Nodes[1]).Shape);
        Assert.Equal(["x", "scale/factor"], spread.Nodes[2].Inputs);
        AssertSameAnswers(network, spread);
    }

    [Fact]
    public void A_product_of_two_equal_shapes_is_not_touched() =>
        AssertUntouched(Of([Pool("pool"), new PlainMultiply("whole", ["x", "x"], [2, 3, 3]), new PlainMultiply("pixel", ["pool", "pool"], [2, 1, 1])], "whole", "pixel"));

    private static void AssertUntouched(PlainNetwork network) =>
        Assert.Equal(network.Nodes.Select(node => node.Name), SpreadFactors.Apply(network).Nodes.Select(node => node.Name));
}
