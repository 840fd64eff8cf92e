namespace Slimmable.Models.Tests;

/// <summary>What papers count and draw of a network: its convolutions and linear layers.</summary>
internal static class Layers
{
    public static long MAdds(SupernetGraph graph, Subnet subnet) =>
        CostModel.Of(graph, subnet, graph.Nodes.Where(node => node is Conv2dNode or LinearNode)).MAdds;

    /// <summary>The nodes that bring the size down.</summary>
    public static IEnumerable<string> Strided(SupernetGraph graph) =>
        graph.Nodes.Where(node => node is Conv2dNode { Stride: > 1 } or MaxPoolNode { Stride: > 1 }).Select(node => node.Name);
}
