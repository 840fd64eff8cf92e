using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Models.Tests;

public class SubnetSelectionTests
{
    /// <summary>Shared and private norms, a teacher, an elastic trunk, repeated sizes, gates and none.</summary>
    private static readonly SupernetGraph[] Graphs =
    [
        TinyNetwork.Graph,
        EveryNode.Graph,
        .. new[] { "ds-mbnet-mini", "ds-resnet-fashion", "us-mobilenet-v1-32", "us-resnet-20-32", "s-resnet-29-32" }.Select(name => Architectures.Build(name)),
        Architectures.Build("ds-mbnet-32").WithAffine(AffineSharing.Private),
    ];

    private static readonly Gen<(SupernetGraph Graph, string[] Kept)> Selections =
        from graph in Gen.Elements(Graphs)
        from routable in Gen.Elements(graph.Routable.ToArray())
        from others in Gen.SubListOf(graph.Subnets.Select(subnet => subnet.Name))
        from order in Gen.Shuffle(others.Append(routable.Name).Distinct().ToArray())
        select (graph, order);

    [Fact]
    public void A_kept_subnet_costs_and_slices_what_it_did() => Prop.ForAll(Selections.ToArbitrary(), selection =>
    {
        var (whole, kept) = selection;
        var graph = whole.WithSubnets(kept);
        var path = graph.NodesFor([graph.Definition.Logits]);

        Assert.Equal(whole.Subnets.Select(subnet => subnet.Name).Where(kept.Contains), graph.Subnets.Select(subnet => subnet.Name));
        Assert.Equal(whole.NodesFor([whole.Definition.Logits]), path);
        Assert.All(graph.Subnets, subnet =>
        {
            var before = whole.Subnet(subnet.Name);
            Assert.Equal(before.Routable, subnet.Routable);
            Assert.Equal(CostModel.Of(whole, before), CostModel.Of(graph, subnet));
            Assert.Equal(
                path.SelectMany(node => whole.TensorsOf(node).Select(tensor => tensor.Role).Distinct().Select(role => whole.TensorOf(node, role, before).ShapeIn(before))),
                path.SelectMany(node => graph.TensorsOf(node).Select(tensor => tensor.Role).Distinct().Select(role => graph.TensorOf(node, role, subnet).ShapeIn(subnet))));
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_kept_that_no_kept_subnet_needs() => Prop.ForAll(Selections.ToArbitrary(), selection =>
    {
        var (whole, kept) = selection;
        var graph = whole.WithSubnets(kept);

        Assert.All(
            graph.Definition.Axes.Where(axis => axis.IsElastic),
            axis => Assert.Equal(axis.Sizes.Count, graph.Subnets.Select(subnet => subnet.IndexOn(axis)).Distinct().Count()));
        Assert.All(graph.Tensors, tensor => Assert.Contains(graph.Subnets, subnet => tensor.ShapeIn(subnet).SequenceEqual(tensor.FullShape)));
        Assert.Equal(whole.Gate?.Candidates.Where(kept.Contains).ToList() is { Count: > 1 } candidates ? candidates : null, graph.Gate?.Candidates);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_subnets_are_the_graph_itself() => Assert.All(
        Graphs, graph => Assert.Equal(graph.Tensors.Select(Describe), graph.WithSubnets([.. graph.Subnets.Select(subnet => subnet.Name)]).Tensors.Select(Describe)));

    [Fact]
    public void One_alone_has_fixed_axes_and_no_gate()
    {
        var graph = TinyNetwork.Graph.WithSubnets(["wide"]);

        Assert.Null(graph.Gate);
        Assert.Empty(graph.Teacher.Indices);
        Assert.Equal(["image 1", "stem 2", "body 8", "classes 3"], graph.Definition.Axes.Select(axis => $"{axis.Name} {string.Join(' ', axis.Sizes)}"));
        Assert.DoesNotContain(graph.Nodes, node => node.Name.StartsWith("gate.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gate_has_as_many_scores_as_candidates_are_left()
    {
        var whole = Architectures.Build("ds-resnet-fashion");

        var graph = whole.WithSubnets(["uniform-3", "uniform-0", "uniform-1"]);

        Assert.Equal(["uniform-0", "uniform-1", "uniform-3"], graph.Gate!.Candidates);
        Assert.Equal(3, graph.ChannelsOf(graph.Gate.Logits, graph.Teacher));
        Assert.Equal([16, 16, 48], graph.Axis("stage1.out").Sizes);
        Assert.Equal(new Dictionary<string, int> { ["stage1.out"] = 2, ["stage2.out"] = 2 }, graph.Teacher.Indices);
    }

    [Fact]
    public void A_selection_without_a_routable_subnet_or_of_unknown_ones_is_refused()
    {
        var graph = Architectures.Build("ds-mbnet-mini");

        Assert.Contains(
            "subnets: expected at least one that is routable",
            Assert.Throws<InvalidGraphException>(() => graph.WithSubnets(["largest"])).Message,
            StringComparison.Ordinal);
        Assert.Contains("subnets: expected 1 to ", Assert.Throws<InvalidGraphException>(() => graph.WithSubnets([])).Message, StringComparison.Ordinal);
        Assert.StartsWith("subnet 'medium': expected one of ", Assert.Throws<SlimmableException>(() => graph.WithSubnets(["medium"])).Message, StringComparison.Ordinal);
    }

    private static string Describe(TensorSpec tensor) => $"{tensor.Name} {string.Join(' ', tensor.FullShape)}";
}
