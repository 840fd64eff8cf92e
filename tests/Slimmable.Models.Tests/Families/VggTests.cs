namespace Slimmable.Models.Tests;

public class VggTests
{
    [Theory]
    [InlineData("s-vgg-16", "width-1", 15_470_264_320)]
    [InlineData("s-vgg-16", "width-0.75", 8_719_048_704)]
    [InlineData("s-vgg-16", "width-0.5", 3_890_266_112)]
    [InlineData("s-vgg-16", "width-0.25", 983_916_544)]
    [InlineData("s-vgg-19", "width-1", 19_632_062_464)]
    [InlineData("s-vgg-19", "width-0.5", 4_930_715_648)]
    [InlineData("s-vgg-19", "width-0.25", 1_244_028_928)]
    [InlineData("s-vgg-11-32", "width-1", 152_769_536)]
    [InlineData("s-vgg-11-32", "width-0.25", 9_880_832)]
    public void It_costs_what_is_published_at_full_width_and_what_its_formula_says_below(string preset, string width, long exact)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(exact, Layers.MAdds(graph, graph.Subnet(width)));
    }

    [Theory]
    [InlineData("s-vgg-16", 138_365_992)]
    [InlineData("us-vgg-16", 138_365_992)]
    [InlineData("s-vgg-19", 143_678_248)]
    [InlineData("us-vgg-19", 143_678_248)]
    [InlineData("s-vgg-11-32", 9_231_114)]
    public void The_widest_has_the_parameters_of_the_plain_network(string preset, long parameters)
    {
        var graph = Architectures.Build(preset);

        Assert.Equal(parameters, CostModel.Of(graph, graph.Teacher).Parameters);
    }

    [Fact]
    public void Hidden_layers_read_the_last_feature_map_and_are_as_elastic_as_the_rest()
    {
        var graph = Architectures.Build("s-vgg-16");
        var narrow = graph.Subnet("width-0.25");
        int[] ShapeOf(string node) => graph.TensorOf(graph.Node(node), TensorRole.Weight, narrow).ShapeIn(narrow);

        Assert.Equal(13, graph.Nodes.OfType<Conv2dNode>().Count());
        Assert.Equal(5, graph.Nodes.OfType<MaxPoolNode>().Count());
        Assert.Equal([1024, 128 * 49], ShapeOf("head.hidden1"));
        Assert.Equal([1024, 1024], ShapeOf("head.hidden2"));
        Assert.Equal([1000, 1024], ShapeOf("head.classifier"));
        Assert.Equal([0.5, 0.5], graph.Nodes.OfType<DropoutNode>().Select(dropout => dropout.Rate));
    }

    [Fact]
    public void Without_hidden_layers_the_last_pool_is_global()
    {
        var graph = Architectures.Build("s-vgg-11-32");

        Assert.Equal(["stage1.pool", "stage2.pool", "stage3.pool", "stage4.pool"], graph.Nodes.OfType<MaxPoolNode>().Select(pool => pool.Name));
        Assert.Equal(2, graph.ShapeOf("stage5.1").Height);
        Assert.IsType<GlobalAveragePoolNode>(graph.Node("head.pool"));
    }

    [Fact]
    public void Options_that_make_no_network_are_all_named()
    {
        var fault = Assert.Throws<InvalidOptionsException>(() => Vgg.Build(
            new VggOptions { Name = "broken", Convolutions = [1, 0], Channels = [64], Hidden = [0], Data = new(3, 2, 8, 10) }));

        Assert.Equal(
            [
                "Convolutions: expected numbers from 1 up, found [1, 0]",
                "Channels: expected 2 numbers from 1 up, one for each stage, found [64]",
                "Hidden: expected numbers from 1 up, found [0]",
                "Data: expected sides of at least 4 pixels, which strides bring down to one, found 2x8",
            ],
            fault.Faults);
    }
}
