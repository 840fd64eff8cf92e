using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class OnnxLoweringTests
{
    public static TheoryData<string> Subnets => [.. TinyGraphs.EveryOperator().Routable.Select(subnet => subnet.Name)];

    [Theory]
    [MemberData(nameof(Subnets))]
    public void Trunk_tail_and_full_graph_agree_with_the_supernet_of_every_operator(string name) => AssertAgrees(TinyGraphs.EveryOperator(), name);

    [Fact]
    public void A_trunk_that_hands_on_its_input_agrees_too() => AssertAgrees(TinyGraphs.EmptyTrunk(), "wide");

    [Fact]
    public void A_family_agrees_too() => AssertAgrees(Architectures.Build("ds-mbnet-fashion-quick"), "uniform-1");

    public static TheoryData<string> GatelessFamilies => [.. TinyFamilies.All.Keys];

    [Theory]
    [MemberData(nameof(GatelessFamilies))]
    public void A_family_without_a_gate_agrees_at_every_width_and_no_normalization_is_left(string family)
    {
        var checkpoint = RandomCheckpoint.Of(TinyFamilies.All[family]);
        var (graph, input) = (checkpoint.Graph, InputFor(checkpoint.Graph));
        Assert.All(graph.Routable, subnet =>
        {
            var network = new SubnetSlicer(checkpoint, subnet).Slice("test", ("input", graph.Input.Name), ("logits", graph.Definition.Logits));
            var model = Lower(GraphPasses.Run(network));

            AssertClose(new SupernetReference(checkpoint, subnet).Run(input)[graph.Definition.Logits], new OnnxReference(model).Run(input)["logits"]);
            Assert.DoesNotContain(model.Graph.Node, node => node.OpType is "BatchNormalization" or "Identity");
            Assert.Equal(graph.Nodes.OfType<AddNode>().Count(), model.Graph.Node.Count(node => node.OpType == "Add"));
        });
    }

    [Fact]
    public void Swish_is_the_pair_that_runtimes_fuse()
    {
        var model = Lower(PlainNetworks.Of(
            [new PlainActivation("swish", ["x"], [2, 3, 3], ActivationKind.Swish)], "swish"));

        Assert.Equal(["Sigmoid", "Mul"], model.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["input", "swish/sigmoid"], model.Graph.Node[1].Input);
        Assert.Equal("swish/sigmoid", model.Graph.ValueInfo.Single().Name);
    }

    [Fact]
    public void A_file_says_who_wrote_it_and_in_which_versions()
    {
        var model = Lower(PlainNetworks.Of([PlainNetworks.Conv("conv", "x", bias: true)], "conv"));

        Assert.Equal(("tool", "1.2.3", 8L, 17L), (model.ProducerName, model.ProducerVersion, model.IrVersion, Assert.Single(model.OpsetImport).Version));
        Assert.Equal(["conv.weight", "conv.bias"], model.Graph.Initializer.Select(tensor => tensor.Name));
        Assert.Equal("N", model.Graph.Input.Single().Type.TensorType.Shape.Dim[0].DimParam);
    }

    [Fact]
    public void A_weight_that_overflowed_is_refused_by_name()
    {
        var conv = PlainNetworks.Conv("conv", "x", bias: false);
        var weight = conv.Weight.Values.ToArray();
        weight[3] = float.PositiveInfinity;
        conv = conv with { Weight = conv.Weight with { Values = weight } };

        var fault = Assert.Throws<SlimmableException>(() => Lower(PlainNetworks.Of([conv], "conv")));

        Assert.Equal("graph 'test', tensor 'conv.weight': expected finite numbers, found Infinity at element 3", fault.Message);
    }

    private static ModelProto Lower(PlainNetwork network) => OnnxModel.Of(OnnxLowering.Lower(network), "tool", "1.2.3");

    private static void AssertAgrees(SupernetGraph graph, string name)
    {
        var (checkpoint, subnet, gate) = (RandomCheckpoint.Of(graph), graph.Subnet(name), graph.Gate!);
        var input = InputFor(graph);
        var expected = new SupernetReference(checkpoint, subnet).Run(input);
        Dictionary<string, Volume> Run(Volume from, (string, string) enters, params IReadOnlyList<(string, string)> leaves) =>
            new OnnxReference(Lower(GraphPasses.Run(new SubnetSlicer(checkpoint, subnet).Slice("test", enters, leaves)))).Run(from);

        var trunk = Run(input, ("input", graph.Input.Name), ("features", gate.Features), ("gate_logits", gate.Logits));
        var tail = Run(trunk["features"], ("features", gate.Features), ("logits", graph.Definition.Logits));
        var full = Run(input, ("input", graph.Input.Name), ("logits", graph.Definition.Logits));

        AssertClose(expected[gate.Features], trunk["features"]);
        AssertClose(expected[gate.Logits], trunk["gate_logits"]);
        AssertClose(expected[graph.Definition.Logits], tail["logits"]);
        AssertClose(expected[graph.Definition.Logits], full["logits"]);
    }

    private static Volume InputFor(SupernetGraph graph)
    {
        int[] shape = [graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
        return Volume.Of(shape, RandomCheckpoint.Values(new Random(5), shape.Aggregate(1, (product, length) => product * length)));
    }

    private static void AssertClose(Volume expected, Volume found)
    {
        Assert.Equal(expected.Values.Length, found.Values.Length);
        Assert.Contains(expected.Values, value => Math.Abs(value) > 1e-3);
        Assert.All(expected.Values.Zip(found.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
