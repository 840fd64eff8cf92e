namespace Slimmable.Models.Tests;

/// <summary>The names and shapes of tensors are part of the checkpoint format.</summary>
public class TensorCatalogTests
{
    [Fact]
    public void Every_kind_of_node_stores_its_tensors_under_fixed_names_and_shapes()
    {
        string[] expected =
        [
            "stem.weight Weight [6, 3, 3, 3] -> [6, 3, 3, 3] learnt",
            "stem.bias Bias [6] -> [6] learnt",
            "widen.weight Weight [8, 6, 1, 1] -> [4, 6, 1, 1] learnt",
            "depthwise.weight Weight [8, 1, 5, 5] -> [4, 1, 5, 5] learnt",
            "depthwise.bias Bias [8] -> [4] learnt",
            "shared.weight Gamma [8] -> [4] learnt",
            "shared.bias Beta [8] -> [4] learnt",
            "shared.0.running_mean RunningMean [4] -> [4] of width 0",
            "shared.0.running_var RunningVariance [4] -> [4] of width 0",
            "shared.1.running_mean RunningMean [8] -> [8] of width 1",
            "shared.1.running_var RunningVariance [8] -> [8] of width 1",
            "private.0.weight Gamma [4] -> [4] learnt of width 0",
            "private.0.bias Beta [4] -> [4] learnt of width 0",
            "private.0.running_mean RunningMean [4] -> [4] of width 0",
            "private.0.running_var RunningVariance [4] -> [4] of width 0",
            "private.1.weight Gamma [8] -> [8] learnt of width 1",
            "private.1.bias Beta [8] -> [8] learnt of width 1",
            "private.1.running_mean RunningMean [8] -> [8] of width 1",
            "private.1.running_var RunningVariance [8] -> [8] of width 1",
            "linear.weight Weight [10, 48] -> [10, 24] learnt",
            "linear.bias Bias [10] -> [10] learnt",
        ];

        var graph = EveryNode.Graph;

        Assert.Equal(expected, graph.Tensors.Select(tensor => Describe(tensor, graph.Subnet("narrow"))));
    }

    [Fact]
    public void Nodes_without_weights_store_nothing() =>
        Assert.All(
            EveryNode.Graph.Nodes.Where(node => node is not (Conv2dNode or BatchNormNode or LinearNode)),
            node => Assert.Empty(EveryNode.Graph.TensorsOf(node)));

    [Fact]
    public void The_graph_of_this_test_has_every_kind_of_node() =>
        Assert.Equal(
            typeof(Node).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Node)) && !type.IsAbstract).ToHashSet(),
            EveryNode.Graph.Nodes.Select(node => node.GetType()).ToHashSet());

    private static string Describe(TensorSpec tensor, Subnet subnet) =>
        $"{tensor.Name} {tensor.Role} [{string.Join(", ", tensor.FullShape)}] -> [{string.Join(", ", tensor.ShapeIn(subnet))}]"
        + (tensor.IsLearnt ? " learnt" : "")
        + (tensor.WidthIndex is { } width ? $" of width {width}" : "");
}
