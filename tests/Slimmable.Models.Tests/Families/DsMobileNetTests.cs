namespace Slimmable.Models.Tests;

public class DsMobileNetTests
{
    private static readonly DsMobileNetOptions Options = new()
    {
        Name = "small",
        Data = new DataShape(1, 16, 16, 10),
        StemWidths = [4, 6],
        Stages = [new([8, 12], Blocks: 1, Stride: 1), new([8, 16, 24], Blocks: 2, Stride: 2), new([12, 20], Blocks: 1, Stride: 2)],
        GatedStage = 2,
        Candidates = [0, 2],
    };

    [Fact]
    public void A_subnet_is_narrow_up_to_the_gate_and_takes_one_index_after_it()
    {
        var graph = DsMobileNet.Build(Options);

        Assert.Equal(["uniform-0", "uniform-1", "uniform-2", "largest"], graph.Subnets.Select(subnet => subnet.Name));
        Assert.Equal([4, 8, 16, 20], Widths(graph, "uniform-1"));
        Assert.Equal([4, 8, 24, 20], Widths(graph, "uniform-2"));
        Assert.Equal([6, 12, 24, 20], Widths(graph, "largest"));
        Assert.Equal(["uniform-0", "uniform-2"], graph.Gate!.Candidates);
        Assert.False(graph.Subnet("largest").Routable);
    }

    [Fact]
    public void A_network_that_is_fixed_up_to_the_gate_needs_no_teacher_of_its_own()
    {
        var graph = DsMobileNet.Build(Options with { StemWidths = [4], Stages = [new([8], 1, 1), .. Options.Stages.Skip(1)] });

        Assert.Equal("uniform-2", graph.Teacher.Name);
    }

    [Fact]
    public void Squeeze_widths_are_those_of_the_release()
    {
        var graph = Architectures.Build("ds-mbnet-imagenet");

        Assert.Equal(
            [6, 22, 42, 42, 66, 66, 160, 160, 160, 160, 160, 160, 288],
            graph.Definition.Axes.Where(axis => axis.Name.EndsWith(".squeeze", StringComparison.Ordinal)).Select(axis => axis.Largest));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)] // 1.25 would lose more than a tenth.
    [InlineData(9, 3)] // So would 2.25.
    [InlineData(10, 3)] // Halves go up.
    [InlineData(13, 3)]
    [InlineData(16, 4)]
    public void Squeeze_widths_round_as_the_authors_code_does(int widest, int squeezed)
    {
        var graph = DsMobileNet.Build(Options with { StemWidths = [widest] });

        Assert.Equal(squeezed, graph.Axis("stage1.0.squeeze").Largest);
    }

    [Fact]
    public void The_trunk_ends_behind_the_attention_of_the_gated_block()
    {
        var graph = DsMobileNet.Build(Options);

        Assert.Equal("stage2.0.attention.scale", graph.Gate!.Features);
        Assert.Equal("stage2.0.pointwise", graph.NodesFor([graph.Definition.Logits], graph.Gate.Features)[0].Name);
    }

    [Fact]
    public void Options_that_make_no_network_are_all_named()
    {
        var broken = Options with { Stages = [new([], 1, 1), new([8, 16], Blocks: 0, 1)], GatedStage = 3, Candidates = [1, 1] };

        var fault = Assert.Throws<InvalidOptionsException>(() => DsMobileNet.Build(broken));

        Assert.Equal(
            [
                "Stages[0].Widths: expected at least one",
                "Stages[1].Blocks: expected at least 1, found 0",
                "GatedStage: expected 1..2, found 3",
                "Candidates: expected indices that ascend, found [1, 1]",
            ],
            fault.Faults);
        Assert.StartsWith("DS-MBNet 'small': Stages[0].Widths: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_graph_refuses_is_refused_by_its_rules()
    {
        var fault = Assert.Throws<InvalidGraphException>(() => DsMobileNet.Build(Options with { Candidates = [0, 3] }));

        Assert.Equal(["gate 'gate': its candidate 'uniform-3' is not a routable subnet"], fault.Faults);
    }

    private static IEnumerable<int> Widths(SupernetGraph graph, string subnet) =>
        new[] { "stem.out", "stage1.out", "stage2.out", "stage3.out" }.Select(axis => graph.Subnet(subnet).WidthOn(graph.Axis(axis)));
}
