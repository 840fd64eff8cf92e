namespace Slimmable.Models.Tests;

public class GraphBuilderTests
{
    [Fact]
    public void A_graph_that_was_built_does_not_change_with_its_builder()
    {
        var builder = Started();
        var graph = builder.Build("linear");

        builder.Add(new DropoutNode("later", "linear", 0.5));
        builder.Axis("later", 1, 2);
        builder.Subnet("later", routable: true, _ => 0);

        Assert.Equal(2, graph.Nodes.Count);
        Assert.Equal(2, graph.Definition.Axes.Count);
        Assert.Single(graph.Subnets);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Convolutions_are_padded_to_keep_the_size_at_stride_1(int kernel)
    {
        var builder = new GraphBuilder("built", channels: 2, height: 6, width: 7);
        builder.Axis("classes", 2);
        builder.Conv("dense", builder.Input, builder.InputChannels, "classes", kernel);
        builder.Depthwise("depthwise", "dense", "classes", kernel, stride: 1);
        builder.Add(new GlobalAveragePoolNode("pool", "depthwise"));
        builder.Add(new FlattenNode("flatten", "pool"));
        builder.Subnet("only", routable: true, _ => 0);

        var graph = builder.Build("flatten");

        Assert.Equal("[N, classes, 6, 7]", graph.ShapeOf("dense").ToString());
        Assert.Equal("[N, classes, 6, 7]", graph.ShapeOf("depthwise").ToString());
    }

    private static GraphBuilder Started()
    {
        var builder = new GraphBuilder("built", channels: 1, height: 6, width: 6);
        builder.Axis("classes", 2);
        builder.Add(new FlattenNode("flatten", builder.Input));
        builder.Add(new LinearNode("linear", "flatten", builder.InputChannels, "classes"));
        builder.Subnet("only", routable: true, _ => 0);
        return builder;
    }
}
