namespace Slimmable.Models;

/// <summary>
/// Counts multiply-adds as the DS-Net authors' code does: convolutions <c>in*out*k*k*H*W/groups</c> at the output's size, linear layers
/// <c>in*out</c>, average pools <c>in*H*W</c> at the input's size (squeeze pools included), and nothing for the rest.
/// </summary>
public static class CostModel
{
    /// <summary>The cost of a subnet from input to logits. A gate's slimming head is not part of it.</summary>
    public static Cost Of(SupernetGraph graph, Subnet subnet)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Of(graph, subnet, graph.NodesFor([graph.Definition.Logits]));
    }

    /// <summary>What the gate's decision adds to any subnet: the nodes that only its logits need.</summary>
    public static Cost OfGate(SupernetGraph graph, Gate gate)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(gate);
        var shared = graph.NodesFor([graph.Definition.Logits]).ToHashSet();
        return Of(graph, graph.Routable[0], graph.NodesFor([gate.Logits]).Where(node => !shared.Contains(node)));
    }

    /// <summary>The cost of some nodes in a subnet.</summary>
    public static Cost Of(SupernetGraph graph, Subnet subnet, IEnumerable<Node> nodes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(subnet);
        return nodes.Aggregate(default(Cost), (sum, node) => sum + new Cost(MAddsOf(graph, subnet, node), ParametersOf(graph, subnet, node)));
    }

    private static long MAddsOf(SupernetGraph graph, Subnet subnet, Node node)
    {
        long Channels(string value) => graph.ChannelsOf(value, subnet);
        var output = graph.ShapeOf(node.Name);
        return checked(node switch
        {
            Conv2dNode { Kind: ConvolutionKind.Depthwise } conv => Channels(conv.Name) * conv.Kernel * conv.Kernel * output.Pixels,
            Conv2dNode conv => Channels(conv.Input) * Channels(conv.Name) * conv.Kernel * conv.Kernel * output.Pixels,
            LinearNode linear => Channels(linear.Input) * graph.ShapeOf(linear.Input).Pixels * Channels(linear.Name),
            GlobalAveragePoolNode or AveragePoolNode => Channels(node.Inputs[0]) * graph.ShapeOf(node.Inputs[0]).Pixels,
            _ => 0,
        });
    }

    private static long ParametersOf(SupernetGraph graph, Subnet subnet, Node node)
    {
        var index = subnet.IndexOn(graph.Axis(graph.ShapeOf(node.Name).Axis));
        return graph.TensorsOf(node)
            .Where(tensor => tensor.IsLearnt && (tensor.WidthIndex is null || tensor.WidthIndex == index))
            .Sum(tensor => tensor.ShapeIn(subnet).Aggregate(1L, (product, length) => product * length));
    }
}
