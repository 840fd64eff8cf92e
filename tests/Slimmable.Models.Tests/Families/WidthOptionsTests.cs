namespace Slimmable.Models.Tests;

/// <summary>What holds in every family that one multiplier makes narrower.</summary>
public class WidthOptionsTests
{
    private static readonly ResNetOptions Options = new()
    {
        Name = "small",
        Data = new DataShape(1, 12, 10, 4),
        Block = ResNetBlock.Basic,
        Stem = ResNetStem.Small,
        StemChannels = 16,
        Stages = [new(16, 1, 1), new(32, 2, 2)],
        Multipliers = [0.25, 0.375, 0.75, 1],
    };

    [Fact]
    public void Each_multiplier_is_a_subnet_with_an_index_of_its_own_on_every_axis()
    {
        var graph = ResNet.Build(Options);

        Assert.Equal(["width-0.25", "width-0.375", "width-0.75", "width-1"], graph.Routable.Select(subnet => subnet.Name));
        Assert.Equal(
            ["stem.out", "stage1.inner", "stage2.inner", "stage2.out"],
            graph.Definition.Axes.Where(axis => axis.IsElastic).Select(axis => axis.Name));
        Assert.All(graph.Routable.Index(), pair => Assert.All(pair.Item.Indices.Values, index => Assert.Equal(pair.Index, index)));
        Assert.Null(graph.Gate);
        Assert.Equal("width-1", graph.Teacher.Name);
    }

    [Fact]
    public void Where_rounding_gives_two_multipliers_the_same_channels_each_keeps_its_own_statistics()
    {
        var graph = ResNet.Build(Options);

        Assert.Equal([8, 8, 16, 16], graph.Axis("stem.out").Sizes);
        Assert.Equal([8, 16, 24, 32], graph.Axis("stage2.out").Sizes);
        var norm = graph.Node("stem.conv_norm");
        var means = graph.Routable.Select(subnet => graph.TensorOf(norm, TensorRole.RunningMean, subnet).Name);
        Assert.Equal(Enumerable.Range(0, 4).Select(index => $"stem.conv_norm.{index}.running_mean"), means);
    }

    [Theory]
    [InlineData(AffineSharing.Private, 4)]
    [InlineData(AffineSharing.Shared, 1)]
    public void Gamma_and_beta_are_private_or_shared_in_every_normalization(AffineSharing affine, int sets)
    {
        var graph = ResNet.Build(Options with { Affine = affine });

        Assert.All(
            graph.Nodes.OfType<BatchNormNode>(),
            norm => Assert.Equal(sets, graph.TensorsOf(norm).Count(tensor => tensor.Role == TensorRole.Beta)));
    }

    [Fact]
    public void A_divisor_of_one_takes_the_channels_as_they_come() =>
        Assert.Equal([4, 6, 12, 16], ResNet.Build(Options with { Divisor = 1 }).Axis("stem.out").Sizes);

    [Fact]
    public void One_multiplier_makes_a_plain_network()
    {
        var graph = ResNet.Build(Options with { Multipliers = [0.5] });

        Assert.Equal("width-0.5", Assert.Single(graph.Subnets).Name);
        Assert.All(graph.Definition.Axes, axis => Assert.False(axis.IsElastic));
    }

    [Fact]
    public void Faults_are_all_named_at_once()
    {
        var broken = Options with
        {
            StemChannels = 0,
            Block = (ResNetBlock)7,
            Stages = [new(16, 1, 1), new(0, 2, -1)],
            Multipliers = [0.5, 0.5, double.NaN],
            Divisor = 0,
        };

        var fault = Assert.Throws<InvalidOptionsException>(() => ResNet.Build(broken));

        Assert.Equal(
            [
                "Block, Stem: unknown 7 or Small",
                "StemChannels: expected at least 1, found 0",
                "Stages[1]: expected channels, blocks and a stride from 1 up, found 0, 2 and -1",
                "Multipliers: expected numbers that ascend in (0, 16], found [0.5, 0.5, NaN]",
                "Divisor: expected at least 1, found 0",
            ],
            fault.Faults);
        Assert.StartsWith("ResNet 'small': Block, Stem: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(16.5)]
    [InlineData(double.PositiveInfinity)]
    public void A_multiplier_out_of_range_is_refused(double multiplier) =>
        Assert.StartsWith(
            "Multipliers: ",
            Assert.Single(Assert.Throws<InvalidOptionsException>(() => ResNet.Build(Options with { Multipliers = [multiplier] })).Faults),
            StringComparison.Ordinal);

    [Fact]
    public void Nothing_at_all_is_refused()
    {
        var fault = Assert.Throws<InvalidOptionsException>(() => ResNet.Build(Options with { Stages = [], Multipliers = [] }));

        Assert.Equal(["Stages: expected at least one", "Multipliers: expected numbers that ascend in (0, 16], found []"], fault.Faults);
    }

    [Fact]
    public void Two_widths_of_one_cost_are_refused_by_the_graphs_rules() =>
        Assert.StartsWith(
            "subnets: expected rising cost, found 'width-0.25' with ",
            Assert.Single(Assert.Throws<InvalidGraphException>(() => ResNet.Build(Options with { Multipliers = [0.25, 0.26] })).Faults),
            StringComparison.Ordinal);
}
