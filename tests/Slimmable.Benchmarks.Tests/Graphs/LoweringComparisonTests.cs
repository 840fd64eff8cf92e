using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Benchmarks.Tests.Graphs;

public sealed class LoweringComparisonTests
{
    [Fact]
    public void Every_width_is_timed_plain_whole_and_split()
    {
        var graph = Architectures.Build("ds-mbnet-mini");

        var rows = LoweringComparison.Measure(graph, rounds: 2);

        Assert.Equal(graph.Routable.Select(subnet => subnet.Name), rows.Select(row => row.Width));
        Assert.All(rows, row => Assert.True(row is { Plain: > 0, Whole: > 0, Split: > 0 }));
    }

    [Fact]
    public void The_plain_form_is_a_right_file_but_for_its_means_and_has_none_of_our_passes_forms()
    {
        using var exported = new ExportedGraphs();
        var graph = Architectures.Build("ds-mbnet-mini");
        var path = Path.Combine(exported.Folder, "plain.onnx");

        PlainLowering.Write(path, ExportedGraphs.Fresh(graph), graph.Routable[0]);

        Assert.Contains(ModelChecker.Check(path), fault => fault.Message.Contains("ReduceMean", StringComparison.Ordinal));
        Assert.DoesNotContain(ModelChecker.Check(path), fault => fault.Message.Contains("Resize", StringComparison.Ordinal));
        using var chain = new GraphChain([path]);
        chain.Run();
    }
}
