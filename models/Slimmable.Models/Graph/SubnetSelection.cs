namespace Slimmable.Models;

/// <summary>
/// Some of a graph's subnets, and of axes, gate and nodes what they need. What is left out leaves no trace: a width that is trained alone is as if its
/// architecture had never had others.
/// </summary>
internal sealed class SubnetSelection
{
    private readonly SupernetGraph graph;
    private readonly List<Subnet> kept;

    /// <summary>The gate with the candidates that are left, or null where fewer than two are: nothing is chosen then.</summary>
    private readonly Gate? gate;

    /// <param name="graph">The whole.</param>
    /// <param name="names">Subnets of the graph.</param>
    /// <exception cref="SlimmableException">The graph has no such subnet; the message lists those it has.</exception>
    public SubnetSelection(SupernetGraph graph, IEnumerable<string> names)
    {
        this.graph = graph;
        var wanted = names.Select(graph.Subnet).ToHashSet();
        kept = [.. graph.Subnets.Where(wanted.Contains)];
        if (graph.Gate is { } whole && whole.Candidates.Where(name => wanted.Contains(graph.Subnet(name))).ToList() is { Count: > 1 } candidates)
        {
            gate = whole with { Candidates = candidates };
        }
    }

    /// <summary>The selection as a graph of its own.</summary>
    public GraphDefinition Definition()
    {
        var nodes = graph.NodesFor(gate is null ? [graph.Definition.Logits] : [graph.Definition.Logits, gate.Logits]);
        var used = nodes.Select(node => graph.ShapeOf(node.Name).Axis).Append(graph.Input.Channels).ToHashSet();
        return graph.Definition with
        {
            Axes = [.. graph.Definition.Axes.Where(axis => used.Contains(axis.Name)).Select(Narrowed)],
            Nodes = nodes,
            Subnets = [.. kept.Select(subnet => subnet with { Indices = IndicesOf(subnet, used) })],
            Gates = gate is null ? [] : [gate],
        };
    }

    private Axis Narrowed(Axis axis)
    {
        if (gate is not null && axis.Name == graph.ShapeOf(gate.Logits).Axis)
        {
            return axis with { Sizes = [gate.Candidates.Count] };
        }

        return axis.IsElastic ? axis with { Sizes = [.. IndicesOn(axis).Select(index => axis.Sizes[index])] } : axis;
    }

    private Dictionary<string, int> IndicesOf(Subnet subnet, HashSet<string> used) => graph.Definition.Axes
        .Where(axis => used.Contains(axis.Name) && axis.IsElastic && IndicesOn(axis).Count > 1)
        .ToDictionary(axis => axis.Name, axis => IndicesOn(axis).IndexOf(subnet.IndexOn(axis)));

    /// <summary>The indices on an axis that anyone still takes, ascending; where they stand here is what they become.</summary>
    private List<int> IndicesOn(Axis axis) => [.. kept.Select(subnet => subnet.IndexOn(axis)).Distinct().Order()];
}
