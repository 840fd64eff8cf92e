using Slimmable.Models;

namespace Slimmable.Benchmarks.Tests.Graphs;

public sealed class GraphsComparisonTests
{
    [Fact]
    public void Every_width_is_timed_in_every_form()
    {
        var graph = Architectures.Build("ds-resnet-fashion-small");

        var rows = GraphsComparison.Measure(graph, rounds: 2);

        Assert.Equal(graph.Routable.Select(subnet => subnet.Name), rows.Select(row => row.Width));
        Assert.All(rows, row => Assert.Equal(4, row.Medians.Count(median => median > 0)));
    }

    [Fact]
    public void An_unknown_architecture_is_one_line_and_no_success() =>
        Assert.Equal(1, GraphsCommand.Create().Parse(["no-such"]).Invoke());

    [Fact]
    public void No_round_at_all_is_refused() =>
        Assert.Equal("--rounds: expected a whole number from 1 up", Assert.Single(GraphsCommand.Create().Parse(["ds-resnet-fashion-small", "--rounds", "0"]).Errors).Message);
}
