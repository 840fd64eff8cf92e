using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>A graph of a bundle: a part of one subnet.</summary>
/// <param name="File">Its file.</param>
/// <param name="Subnet">The subnet its weights are sliced for.</param>
/// <param name="Input">What enters: its name outside, and the supernet's value.</param>
/// <param name="Outputs">The same for what leaves.</param>
internal sealed record PlannedGraph(string File, Subnet Subnet, (string Port, string Value) Input, IReadOnlyList<(string Port, string Value)> Outputs);

/// <summary>Which graphs a bundle is made of.</summary>
internal sealed class BundlePlan
{
    private readonly SupernetGraph graph;
    private readonly (string Port, string Value) input;
    private readonly (string Port, string Value) logits;

    /// <summary>Plans a bundle.</summary>
    /// <exception cref="InvalidOptionsException">The options do not fit the graph.</exception>
    public BundlePlan(SupernetGraph graph, ExportOptions options)
    {
        this.graph = graph;
        input = (PortNames.Input, graph.Input.Name);
        logits = (PortNames.Logits, graph.Definition.Logits);
        Subnets = options.ChooseSubnets(graph);
        HasTails = graph.Gate is not null;
        HasFull = options.Full || !HasTails;
        Graphs = [.. GraphsOf()];
    }

    /// <summary>The subnets, from cheap to dear.</summary>
    public IReadOnlyList<Subnet> Subnets { get; }

    /// <summary>Whether a trunk is shared by a tail for each subnet.</summary>
    public bool HasTails { get; }

    /// <summary>Whether each subnet has a graph from input to logits.</summary>
    public bool HasFull { get; }

    /// <summary>The graphs, in the order they are written.</summary>
    public IReadOnlyList<PlannedGraph> Graphs { get; }

    private IEnumerable<PlannedGraph> GraphsOf()
    {
        if (graph.Gate is { } gate)
        {
            var features = (PortNames.Features, gate.Features);
            yield return new PlannedGraph(BundleFormat.GateFile, graph.Routable[0], input, [features, (PortNames.GateLogits, gate.Logits)]);
            foreach (var subnet in Subnets)
            {
                yield return new PlannedGraph(BundleFormat.TailFile(subnet.Name), subnet, features, [logits]);
            }
        }

        foreach (var subnet in HasFull ? Subnets : [])
        {
            yield return new PlannedGraph(BundleFormat.FullFile(subnet.Name), subnet, input, [logits]);
        }
    }
}
