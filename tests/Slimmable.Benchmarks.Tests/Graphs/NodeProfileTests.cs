using Slimmable.Models;

namespace Slimmable.Benchmarks.Tests.Graphs;

public sealed class NodeProfileTests
{
    [Fact]
    public void Every_operator_is_there_with_its_nodes_and_a_time()
    {
        var graph = Architectures.Build("ds-resnet-fashion-small");

        var operators = NodeProfile.Measure(graph, "uniform-0", rounds: 3);

        Assert.Contains(operators, row => row.Operator == "Conv" && row.Nodes > 5);
        Assert.All(operators, row => Assert.True(row.Nodes > 0 && row.Microseconds >= 0));
        Assert.Equal(operators.OrderByDescending(row => row.Microseconds), operators);
        Assert.Empty(Directory.GetFiles(Environment.CurrentDirectory, "onnxruntime_profile*"));
    }
}
