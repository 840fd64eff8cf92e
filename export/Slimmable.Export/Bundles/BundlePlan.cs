using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Which graphs a bundle is made of.</summary>
internal sealed class BundlePlan
{
    private readonly SupernetGraph graph;
    private readonly (string Port, string Value) input;
    private readonly (string Port, string Value) logits;

    /// <summary>Plans a bundle.</summary>
    /// <exception cref="InvalidOptionsException">The options do not fit the checkpoint.</exception>
    public BundlePlan(ICheckpoint checkpoint, ExportOptions options)
    {
        graph = checkpoint.Graph;
        input = (PortNames.Input, graph.Input.Name);
        logits = (PortNames.Logits, graph.Definition.Logits);
        Subnets = options.ChooseSubnets(checkpoint);
        Layout = graph.Gate is null ? BundleLayout.Standalone : options.Layout;
        HasFull = options.Full || !HasTails;
        HasRouted = options.Routed;
        Files = [.. FilesOf()];
    }

    /// <summary>The subnets, from cheap to dear.</summary>
    public IReadOnlyList<Subnet> Subnets { get; }

    /// <summary>How the network is split.</summary>
    public BundleLayout Layout { get; }

    /// <summary>Whether a trunk is shared by a tail for each subnet.</summary>
    public bool HasTails => Layout == BundleLayout.SharedTrunk;

    /// <summary>Whether each subnet has a graph from input to logits.</summary>
    public bool HasFull { get; }

    /// <summary>Whether one graph routes by itself.</summary>
    public bool HasRouted { get; }

    /// <summary>The graphs' files, in the order they are written.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    private IEnumerable<PlannedFile> FilesOf()
    {
        if (graph.Gate is { } gate)
        {
            var features = (PortNames.Features, gate.Features);
            var scores = (PortNames.GateLogits, gate.Logits);
            var trunk = new PlannedGraph(BundleFormat.GateFile, graph.Routable[0], input, [features, scores]);
            PlannedGraph TailOf(Subnet subnet) => new(BundleFormat.TailFile(subnet.Name), subnet, features, [logits]);
            yield return HasTails ? trunk : trunk with { Outputs = [scores] };
            foreach (var subnet in HasTails ? Subnets : [])
            {
                yield return TailOf(subnet);
            }

            if (HasRouted)
            {
                yield return new PlannedRouting(BundleFormat.RoutedFile, trunk, [.. gate.Candidates.Select(name => TailOf(graph.Subnet(name)))]);
            }
        }

        foreach (var subnet in HasFull ? Subnets : [])
        {
            yield return new PlannedGraph(BundleFormat.FullFile(subnet.Name), subnet, input, [logits]);
        }
    }
}
