using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>What a routed image costs at each candidate, the gate's head included, as a part of the widest routable subnet's MAdds.</summary>
internal static class GateCosts
{
    /// <summary>One for each candidate, in their order; they ascend.</summary>
    /// <param name="graph">A graph with a gate.</param>
    public static double[] Of(SupernetGraph graph)
    {
        var head = CostModel.OfGate(graph, graph.Gate!).MAdds;
        var widest = (double)CostModel.Of(graph, graph.Routable[^1]).MAdds;
        return [.. graph.Gate!.Candidates.Select(name => (CostModel.Of(graph, graph.Subnet(name)).MAdds + head) / widest)];
    }
}
