namespace Slimmable.Models.Tests;

public class MobileNetV1Tests
{
    /// <summary>M MAdds of the released US-MobileNetV1 as its authors' table prints them, cut off at the point, from 0.25 up in steps of 0.025.</summary>
    private static readonly long[] Released =
    [
        41, 48, 64, 71, 80, 89, 100, 114, 124, 136, 149, 162, 177, 201, 217, 232,
        249, 267, 287, 306, 325, 345, 366, 389, 421, 443, 466, 490, 517, 543, 568,
    ];

    [Theory]
    [InlineData("width-0.25", 41, 41_030_272)]
    [InlineData("width-0.5", 150, 149_497_088)]
    [InlineData("width-0.75", 325, 325_400_448)]
    [InlineData("width-1", 569, 568_740_352)]
    public void Each_switch_costs_what_is_published(string width, long millions, long exact)
    {
        var graph = Architectures.Build("s-mobilenet-v1");
        var subnet = graph.Subnet(width);

        // The authors count the pool too.
        Assert.Equal(millions, Math.Round(CostModel.Of(graph, subnet).MAdds / 1e6));
        Assert.Equal(exact, Layers.MAdds(graph, subnet));
    }

    [Fact]
    public void Every_tracked_width_costs_what_the_authors_table_prints()
    {
        var graph = Architectures.Build("us-mobilenet-v1");

        Assert.Equal(Released, graph.Routable.Select(subnet => CostModel.Of(graph, subnet).MAdds / 1_000_000));
    }

    [Theory]
    [InlineData("s-mobilenet-v1")]
    [InlineData("us-mobilenet-v1")]
    public void The_widest_has_the_parameters_of_the_plain_network(string preset)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(4_231_976, CostModel.Of(graph, graph.Teacher).Parameters);
    }

    [Fact]
    public void Thirteen_separable_blocks_follow_the_stem()
    {
        var graph = Architectures.Build("s-mobilenet-v1");
        var convolutions = graph.Nodes.OfType<Conv2dNode>().ToList();

        Assert.Equal(27, convolutions.Count);
        Assert.Equal(13, convolutions.Count(conv => conv.Kind == ConvolutionKind.Depthwise));
        Assert.Equal(["stem.conv", "stage2.0.depthwise", "stage3.0.depthwise", "stage4.0.depthwise", "stage5.0.depthwise"], Layers.Strided(graph));
        Assert.Equal((7, 7), (graph.ShapeOf("stage5.1.pointwise_activation").Height, graph.ShapeOf("stage5.1.pointwise_activation").Width));
        Assert.Equal([256, 512, 768, 1024], graph.Axis("stage5.out").Sizes);
    }

    [Fact]
    public void For_small_images_the_stem_keeps_the_size()
    {
        var graph = Architectures.Build("s-mobilenet-v1-32");

        Assert.Equal(32, graph.ShapeOf("stem.conv").Height);
        Assert.Equal(2, graph.ShapeOf("stage5.1.pointwise").Height);
        Assert.Equal(3_217_226, CostModel.Of(graph, graph.Teacher).Parameters);
        Assert.Equal([3_331_072, 12_167_168, 26_508_288, 46_354_432], graph.Routable.Select(subnet => Layers.MAdds(graph, subnet)));
    }

    [Fact]
    public void Options_that_make_no_network_are_all_named()
    {
        var fault = Assert.Throws<InvalidOptionsException>(() => MobileNetV1.Build(
            new MobileNetV1Options { Name = "broken", StemStride = 0, Stages = [new(0, 1, 1)], Divisor = -8 }));

        Assert.Equal(
            [
                "StemChannels, StemStride: expected numbers from 1 up, found 32 and 0",
                "Stages[0]: expected channels, blocks and a stride from 1 up, found 0, 1 and 1",
                "Divisor: expected at least 1, found -8",
            ],
            fault.Faults);
        Assert.StartsWith("MobileNetV1 'broken': ", fault.Message, StringComparison.Ordinal);
    }
}
