namespace Slimmable.Models.Tests;

public class ResNetTests
{
    [Theory]
    [InlineData("width-0.25", 0.278, 278_085_632)]
    [InlineData("width-0.5", 1.052, 1_052_311_552)]
    [InlineData("width-0.75", 2.323, 2_322_677_760)]
    [InlineData("width-1", 4.089, 4_089_184_256)]
    public void ResNet_50_costs_what_is_published(string width, double billions, long exact)
    {
        var graph = Architectures.Build("s-resnet-50");
        var subnet = graph.Subnet(width);

        Assert.Equal(billions, Math.Round(Layers.MAdds(graph, subnet) / 1e9, 3));
        Assert.Equal(billions, Math.Round(CostModel.Of(graph, subnet).MAdds / 1e9, 3));
        Assert.Equal(exact, Layers.MAdds(graph, subnet));
    }

    [Theory]
    [InlineData("width-0.25", 135_603_200)]
    [InlineData("width-0.5", 483_149_824)]
    [InlineData("width-0.75", 1_042_639_872)]
    [InlineData("width-1", 1_814_073_344)]
    public void ResNet_18_costs_what_is_published_at_full_width_and_what_its_formula_says_below(string width, long exact)
    {
        var graph = Architectures.Build("s-resnet-18");

        Assert.Equal(exact, Layers.MAdds(graph, graph.Subnet(width)));
    }

    [Theory]
    [InlineData("s-resnet-20-32", new long[] { 5_480_608, 10_314_048, 29_589_984, 40_813_184 })]
    [InlineData("s-resnet-29-32", new long[] { 5_956_224, 11_887_872, 33_441_664, 47_106_560 })]
    public void The_small_networks_cost_what_their_formula_says(string preset, long[] exact)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(exact, graph.Routable.Select(subnet => Layers.MAdds(graph, subnet)));
    }

    [Theory]
    [InlineData("s-resnet-18", 11_689_512)]
    [InlineData("us-resnet-18", 11_689_512)]
    [InlineData("s-resnet-50", 25_557_032)]
    [InlineData("us-resnet-50", 25_557_032)]
    [InlineData("s-resnet-20-32", 272_474)]
    [InlineData("us-resnet-29-32", 313_114)]
    public void The_widest_has_the_parameters_of_the_plain_network(string preset, long parameters)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(parameters, CostModel.Of(graph, graph.Teacher).Parameters);
    }

    [Theory]
    [InlineData("s-resnet-18", 16 + 3 + 1, "stage2.0.shortcut stage3.0.shortcut stage4.0.shortcut")]
    [InlineData("s-resnet-50", 48 + 4 + 1, "stage1.0.shortcut stage2.0.shortcut stage3.0.shortcut stage4.0.shortcut")]
    [InlineData("s-resnet-20-32", 18 + 2 + 1, "stage2.0.shortcut stage3.0.shortcut")]
    [InlineData("s-resnet-29-32", 27 + 3 + 1, "stage1.0.shortcut stage2.0.shortcut stage3.0.shortcut")]
    public void A_shortcut_has_weights_where_the_shape_changes_and_nowhere_else(string preset, int convolutions, string shortcuts)
    {
        var graph = Architectures.Build(preset);
        var names = graph.Nodes.OfType<Conv2dNode>().Select(conv => conv.Name).ToList();

        Assert.Equal(convolutions, names.Count);
        Assert.Equal(convolutions, graph.Nodes.OfType<BatchNormNode>().Count());
        Assert.Equal(shortcuts.Split(' '), names.Where(name => name.EndsWith(".shortcut", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_bottleneck_strides_in_its_3x3_convolution_and_ends_four_times_as_wide()
    {
        var graph = Architectures.Build("s-resnet-50");

        Assert.Equal(
            [
                "stem.conv", "stem.pool", "stage2.0.conv2", "stage2.0.shortcut",
                "stage3.0.conv2", "stage3.0.shortcut", "stage4.0.conv2", "stage4.0.shortcut",
            ],
            Layers.Strided(graph));
        Assert.Equal([16, 32, 48, 64], graph.Axis("stage1.inner").Sizes);
        Assert.Equal([64, 128, 192, 256], graph.Axis("stage1.out").Sizes);
        Assert.Equal((56, 7), (graph.ShapeOf("stem.pool").Height, graph.ShapeOf("stage4.2.activation").Height));
    }

    [Fact]
    public void A_block_adds_the_normalized_branch_to_its_shortcut_and_activates_the_sum()
    {
        var graph = Architectures.Build("s-resnet-18");

        Assert.Equal(["stage1.0.conv2_norm", "stem.pool"], graph.Node("stage1.0.sum").Inputs);
        Assert.Equal(["stage2.0.conv2_norm", "stage2.0.shortcut_norm"], graph.Node("stage2.0.sum").Inputs);
        Assert.Equal(["stage2.0.sum"], graph.Node("stage2.0.activation").Inputs);
        Assert.Equal("stem.out", graph.ShapeOf("stage1.1.activation").Axis);
    }

    [Fact]
    public void The_expansion_multiplies_the_rounded_channels()
    {
        var graph = Architectures.Build("us-resnet-50");

        // 64 * 0.3 is 19.2, which becomes 24 and not 16; and then four times that.
        var index = graph.Routable.Index().Single(pair => pair.Item.Name == "width-0.3").Index;
        Assert.Equal((24, 96), (graph.Axis("stage1.inner").Sizes[index], graph.Axis("stage1.out").Sizes[index]));
    }
}
