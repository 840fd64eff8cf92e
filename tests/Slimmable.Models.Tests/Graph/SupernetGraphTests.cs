namespace Slimmable.Models.Tests;

public class SupernetGraphTests
{
    [Fact]
    public void A_subnet_finds_what_is_private_to_its_width()
    {
        var graph = EveryNode.Graph;
        var norm = graph.Node("private");

        Assert.Equal("private.0.running_mean", graph.TensorOf(norm, TensorRole.RunningMean, graph.Subnet("narrow")).Name);
        Assert.Equal("private.1.running_mean", graph.TensorOf(norm, TensorRole.RunningMean, graph.Subnet("wide")).Name);
        Assert.Equal("private.1.weight", graph.TensorOf(norm, TensorRole.Gamma, graph.Subnet("wide")).Name);
    }

    [Fact]
    public void All_subnets_find_what_is_shared()
    {
        var graph = EveryNode.Graph;
        var norm = graph.Node("shared");

        Assert.Equal("shared.weight", graph.TensorOf(norm, TensorRole.Gamma, graph.Subnet("narrow")).Name);
        Assert.Same(
            graph.TensorOf(norm, TensorRole.Gamma, graph.Subnet("narrow")), graph.TensorOf(norm, TensorRole.Gamma, graph.Subnet("wide")));
    }

    [Fact]
    public void A_role_that_a_node_does_not_have_is_an_error() =>
        Assert.Throws<InvalidOperationException>(
            () => EveryNode.Graph.TensorOf(EveryNode.Graph.Node("widen"), TensorRole.Bias, EveryNode.Graph.Teacher));

    [Fact]
    public void Nodes_are_found_from_the_targets_back_to_what_is_given()
    {
        var graph = TinyNetwork.Graph;

        Assert.Equal(["stem.conv", "stem.norm", "stem.relu"], NamesFor(["stem.relu"]));
        Assert.Equal(["gate.pool", "gate.conv", "gate.logits"], NamesFor(["gate.logits"], "stem.relu"));
        Assert.Equal(["body.conv", "body.norm", "head.pool", "head.flatten", "head.linear"], NamesFor(["head.linear"], "stem.relu"));
        Assert.Equal(graph.Nodes.Select(node => node.Name), NamesFor(["head.linear", "gate.logits"]));
        Assert.Empty(NamesFor(["stem.relu"], "stem.relu"));
        Assert.Empty(NamesFor(["input"]));

        IEnumerable<string> NamesFor(string[] targets, params string[] given) => graph.NodesFor(targets, given).Select(node => node.Name);
    }

    [Fact]
    public void Channels_follow_the_subnet()
    {
        var graph = TinyNetwork.Graph;

        Assert.Equal(4, graph.ChannelsOf("body.norm", graph.Subnet("narrow")));
        Assert.Equal(8, graph.ChannelsOf("body.norm", graph.Subnet("wide")));
        Assert.Equal(2, graph.ChannelsOf("stem.relu", graph.Subnet("wide")));
        Assert.Equal(1, graph.ChannelsOf("input", graph.Subnet("wide")));
    }

    [Fact]
    public void The_graph_tells_its_parts()
    {
        var graph = TinyNetwork.Graph;

        Assert.Equal(3, graph.Classes);
        Assert.Equal("gate", graph.Gate?.Name);
        Assert.Null(EveryNode.Graph.Gate);
        Assert.Equal(["narrow", "wide"], graph.Routable.Select(subnet => subnet.Name));
        Assert.Equal("wide", graph.Teacher.Name);
    }

    [Fact]
    public void A_subnet_that_only_teaches_is_the_teacher()
    {
        var teacher = new Subnet("teacher", Routable: false, new Dictionary<string, int> { ["body"] = 1 });

        var graph = SupernetGraph.Create(TinyNetwork.Definition with { Subnets = [.. TinyNetwork.Definition.Subnets, teacher] });

        Assert.Equal(("teacher", 2), (graph.Teacher.Name, graph.Routable.Count));
    }

    [Theory]
    [InlineData(AffineSharing.Shared, 1)]
    [InlineData(AffineSharing.Private, 2)]
    public void Gamma_and_beta_become_shared_or_private_and_nothing_else_changes(AffineSharing sharing, int sets)
    {
        var graph = EveryNode.Graph.WithAffine(sharing);

        var norms = graph.Nodes.OfType<BatchNormNode>().ToList();
        Assert.Equal(["shared", "private"], norms.Select(norm => norm.Name));
        Assert.All(norms, norm => Assert.Equal(sets, graph.TensorsOf(norm).Count(tensor => tensor.Role == TensorRole.Gamma)));
        Assert.All(norms, norm => Assert.Equal(2, graph.TensorsOf(norm).Count(tensor => tensor.Role == TensorRole.RunningMean)));
        Assert.Equal(
            EveryNode.Graph.Nodes.Select(node => node is BatchNormNode norm ? norm with { Affine = sharing } : node),
            graph.Nodes);
        Assert.Same(EveryNode.Graph.Definition.Subnets, graph.Definition.Subnets);
        Assert.Equal(CostModel.Of(EveryNode.Graph, EveryNode.Graph.Teacher), CostModel.Of(graph, graph.Teacher));
    }

    [Fact]
    public void A_gate_with_other_candidates_has_as_many_scores()
    {
        var graph = TinyNetwork.Graph.WithCandidates(["wide"]);

        Assert.Equal(["wide"], graph.Gate!.Candidates);
        Assert.Equal(1, graph.Axis("scores").Largest);
        Assert.Equal([1, 2, 1, 1], graph.TensorOf(graph.Node("gate.conv"), TensorRole.Weight, graph.Teacher).FullShape);
    }

    [Fact]
    public void A_candidate_that_cannot_be_routed_to_is_refused() => Assert.Contains(
        "its candidate 'broad' is not a routable subnet",
        Assert.Throws<InvalidGraphException>(() => TinyNetwork.Graph.WithCandidates(["narrow", "broad"])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Asking_for_an_unknown_subnet_lists_those_there_are()
    {
        var fault = Assert.Throws<SlimmableException>(() => TinyNetwork.Graph.Subnet("medium"));

        Assert.Equal("subnet 'medium': expected one of narrow, wide", fault.Message);
    }

    [Fact]
    public void Asking_for_an_unknown_part_is_an_error()
    {
        Assert.Throws<KeyNotFoundException>(() => TinyNetwork.Graph.Node("nowhere"));
        Assert.Throws<KeyNotFoundException>(() => TinyNetwork.Graph.Axis("nowhere"));
        Assert.Throws<KeyNotFoundException>(() => TinyNetwork.Graph.ShapeOf("nowhere"));
    }
}
