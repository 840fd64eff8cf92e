using System.Globalization;
using System.Text.Json;

namespace Slimmable.Models.Tests;

public class CostModelTests
{
    /// <summary>Multiply-adds of the released DS-MBNet at 224x224 and 1000 classes, as its authors publish them, narrowest first.</summary>
    private static readonly long[] Published =
    [
        132_890_144, 152_917_184, 175_151_968, 199_594_496, 226_244_768, 255_102_784, 286_168_544,
        319_442_048, 354_923_296, 392_612_288, 432_509_024, 474_613_504, 518_925_728, 565_445_696,
    ];

    [Fact]
    public void The_released_network_costs_what_its_authors_publish()
    {
        var graph = Architectures.Build("ds-mbnet-imagenet");

        Assert.Equal(Published, graph.Routable.Select(subnet => CostModel.Of(graph, subnet).MAdds));
        Assert.Equal(819_883_136, CostModel.Of(graph, graph.Subnet("largest")).MAdds);
    }

    [Fact]
    public void The_small_network_costs_what_its_authors_code_counts()
    {
        using var file = SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "golden", "ds-net-mini", "golden.safetensors"));
        var counted = JsonSerializer.Deserialize<double[]>(file.Metadata["madds"])!;
        var largest = double.Parse(file.Metadata["madds_largest"], CultureInfo.InvariantCulture);
        var graph = Architectures.Build("ds-mbnet-mini");

        Assert.Equal(counted, graph.Routable.Select(subnet => (double)CostModel.Of(graph, subnet).MAdds));
        Assert.Equal(largest, CostModel.Of(graph, graph.Subnet("largest")).MAdds);
    }

    public static TheoryData<string> SmallGraphs =>
    [
        "tiny", "every-node", "ds-mbnet-mini", "ds-mbnet-fashion-quick", "ds-mbnet-32", "ds-resnet-fashion",
        "us-mobilenet-v1-32", "us-resnet-20-32", "s-resnet-29-32", "us-vgg-11-32",
    ];

    [Theory]
    [MemberData(nameof(SmallGraphs))]
    public void Every_subnet_costs_what_a_walk_over_its_loops_counts(string name)
    {
        var graph = name switch
        {
            "tiny" => TinyNetwork.Graph,
            "every-node" => EveryNode.Graph,
            _ => Architectures.Build(name),
        };

        Assert.All(graph.Subnets, subnet =>
        {
            var counter = new LoopCounter(graph.Definition, subnet);
            Assert.Equal(counter.MAdds, CostModel.Of(graph, subnet).MAdds);
            Assert.Equal(counter.Parameters, CostModel.Of(graph, subnet).Parameters);
        });
    }

    [Fact]
    public void Parameters_are_those_of_the_slice_and_one_set_of_private_ones()
    {
        var graph = EveryNode.Graph;

        // stem 6*3*9+6, widen 4*6, depthwise 4*25+4, gamma and beta twice, linear 10*4*6+10.
        Assert.Equal(168 + 24 + 104 + 8 + 8 + 250, CostModel.Of(graph, graph.Subnet("narrow")).Parameters);
        Assert.Equal(168 + 48 + 208 + 16 + 16 + 490, CostModel.Of(graph, graph.Subnet("wide")).Parameters);
    }

    [Fact]
    public void The_gate_costs_what_only_its_scores_need()
    {
        var graph = Architectures.Build("ds-mbnet-imagenet");

        // The slimming head of the release: 66 squeezed features to 4 scores.
        Assert.Equal(new Cost(MAdds: 66 * 4, Parameters: 66 * 4), CostModel.OfGate(graph, graph.Gate!));

        // Here the gate has a pool and a convolution with bias of its own.
        Assert.Equal(new Cost(MAdds: (2 * 24) + (2 * 2), Parameters: 6), CostModel.OfGate(TinyNetwork.Graph, TinyNetwork.Graph.Gate!));
    }

    [Fact]
    public void A_part_costs_its_nodes()
    {
        var graph = TinyNetwork.Graph;
        var wide = graph.Subnet("wide");
        var trunk = CostModel.Of(graph, wide, graph.NodesFor(["stem.relu"]));
        var tail = CostModel.Of(graph, wide, graph.NodesFor(["head.linear"], "stem.relu"));

        Assert.Equal(new Cost(MAdds: 432, Parameters: 22), trunk);
        Assert.Equal(CostModel.Of(graph, wide), trunk + tail);
        Assert.Equal(trunk + tail, Cost.Add(trunk, tail));
        Assert.Equal(default, CostModel.Of(graph, wide, []));
    }
}
