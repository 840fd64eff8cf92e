namespace Slimmable.Models.Tests;

public class DsResNetTests
{
    private static readonly DsResNetOptions Options = new()
    {
        Name = "small",
        Data = new DataShape(1, 16, 16, 10),
        StemChannels = 4,
        TrunkChannels = 6,
        GateChannels = [5, 7],
        GateHidden = 9,
        Stages = [new([8, 8, 12], Blocks: 2, Stride: 1), new([8, 16, 24], Blocks: 1, Stride: 2)],
    };

    [Fact]
    public void A_subnet_takes_one_index_on_every_axis_after_the_gate()
    {
        var graph = DsResNet.Build(Options);

        Assert.Equal(["uniform-0", "uniform-1", "uniform-2"], graph.Subnets.Select(subnet => subnet.Name));
        Assert.Equal(graph.Subnets.Select(subnet => subnet.Name), graph.Gate!.Candidates);
        Assert.Equal([4, 6, 8, 16], new[] { "stem.activation", "trunk.0.activation2", "stage1.1.activation2", "stage2.0.activation2" }
            .Select(node => graph.ChannelsOf(node, graph.Subnet("uniform-1"))));
        Assert.Equal("uniform-2", graph.Teacher.Name);
    }

    [Fact]
    public void The_gate_sees_the_trunks_features_through_convolutions_of_its_own()
    {
        var graph = DsResNet.Build(Options);

        Assert.Equal("trunk.0.activation2", graph.Gate!.Features);
        Assert.Equal("gate.slimming.bias", graph.GateBias().Name);
        Assert.Equal((6 * 5 * 9 * 16) + (5 * 7 * 9 * 4) + (7 * 4) + (7 * 9) + (9 * 3), CostModel.OfGate(graph, graph.Gate).MAdds);
    }

    /// <summary>The network that is released: what the trunk, the narrowest and the widest cost.</summary>
    [Fact]
    public void The_network_for_Fashion_MNIST_has_a_small_trunk_and_a_narrow_end()
    {
        var graph = Architectures.Build("ds-resnet-fashion");
        long MAdds(string subnet) => CostModel.Of(graph, graph.Subnet(subnet)).MAdds;
        var trunk = CostModel.Of(graph, graph.Routable[0], graph.NodesFor([graph.Gate!.Features, graph.Gate.Logits])).MAdds;
        var widest = MAdds("uniform-3");

        Assert.InRange(widest, 20_000_000, 40_000_000);
        Assert.InRange(trunk, 1, 0.15 * widest);
        Assert.InRange(MAdds("uniform-0"), 1, 0.25 * widest);
        Assert.True(graph.Gate.Candidates.Count >= 4);
        var widths = graph.Definition.Axes.Where(axis => axis.Name.EndsWith(".out", StringComparison.Ordinal)).SelectMany(axis => axis.Sizes);
        Assert.All(widths, width => Assert.Equal(0, width % 16));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var wrong = Options with { TrunkBlocks = 0, Stages = [new([8, 8], Blocks: 0, Stride: 1), new([8], Blocks: 1, Stride: 2)] };

        var fault = Assert.Throws<InvalidOptionsException>(() => DsResNet.Build(wrong));

        Assert.Equal(
            [
                "StemChannels, TrunkChannels, TrunkBlocks, GateHidden, GateChannels: expected numbers from 1 up, found 4, 6, 0, 9 and [5, 7]",
                "Stages[0]: expected blocks and a stride from 1 up, found 0 and 1",
                "Stages[1].Widths: expected 2, as many as the first stage has, found 1",
            ],
            fault.Faults);
        Assert.Equal(["Stages: expected at least one"], Assert.Throws<InvalidOptionsException>(() => DsResNet.Build(Options with { Stages = [] })).Faults);
    }
}
