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
}
