using Slimmable.Models;

namespace Slimmable.Benchmarks.Tests.Graphs;

public sealed class RoutedComparisonTests
{
    [Fact]
    public void Every_candidate_is_timed_alone_routed_and_split()
    {
        var graph = Architectures.Build("ds-mbnet-mini");

        var rows = RoutedComparison.Measure(graph, rounds: 2);

        Assert.Equal(graph.Gate!.Candidates, rows.Select(row => row.Width));
        Assert.All(rows, row => Assert.True(row is { Standalone: > 0, Routed: > 0, Split: > 0 }));
    }
}
