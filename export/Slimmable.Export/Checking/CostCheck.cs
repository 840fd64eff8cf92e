using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Compares what a manifest says its subnets cost with what its graphs cost. A subnet costs what its standalone graph does, or its tail and the trunk; the gate
/// what its graph has besides the trunk and besides the nodes that a subnet's graph has too, under the same names.
/// </summary>
internal static class CostCheck
{
    /// <summary>Checks what can be: a subnet one of whose graphs has findings of its own is left out.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="graphs">The cost of every right graph, by its file.</param>
    public static IEnumerable<BundleCheck> Run(BundleManifest manifest, IReadOnlyDictionary<string, GraphCost> graphs)
    {
        var gate = manifest.Gate is { } known ? graphs.GetValueOrDefault(known.File) : null;
        foreach (var subnet in manifest.Subnets)
        {
            if (subnet.Full is { } full && graphs.TryGetValue(full, out var standalone))
            {
                yield return Check(subnet, full, full, standalone.Nodes);
            }

            if (subnet.Tail is { } tail && gate is not null && graphs.TryGetValue(tail, out var rest))
            {
                yield return Check(subnet, tail, $"the trunk of {manifest.Gate!.File} and {tail}", gate.Nodes.Where(node => node.IsTrunk).Concat(rest.Nodes));
            }
        }

        if (gate is not null && manifest.Subnets.Select(subnet => subnet.Tail ?? subnet.Full).OfType<string>().FirstOrDefault(graphs.ContainsKey) is { } other)
        {
            yield return CheckGate(manifest.Gate!, gate, graphs[other]);
        }
    }

    private static BundleCheck Check(BundleSubnet subnet, string file, string source, IEnumerable<NodeCost> nodes)
    {
        var list = nodes.ToList();
        var madds = OpenCount.Sum(list.Select(node => node.MAdds));
        var parameters = OpenCount.Sum(list.Select(node => node.Parameters));
        var findings = new FindingList(BundleFormat.ManifestFile);
        findings.Require(
            madds.CanBe(subnet.MAdds), FindingRules.SubnetMAdds, $"subnet '{subnet.Name}': expected {madds} multiply-adds, as {source} has, found {subnet.MAdds}");
        findings.Require(
            parameters.CanBe(subnet.Parameters),
            FindingRules.SubnetParameters,
            $"subnet '{subnet.Name}': expected a sum of parameters that {source} can have, {parameters}, found {subnet.Parameters}");
        return new(BundleFormat.ManifestFile, $"cost of {file}", $"{subnet.MAdds} multiply-adds, {subnet.Parameters} parameters", findings.Found);
    }

    private static BundleCheck CheckGate(BundleGate gate, GraphCost graph, GraphCost other)
    {
        var shared = other.Nodes.Select(node => node.Name).ToHashSet();
        var madds = OpenCount.Sum(graph.Nodes.Where(node => !node.IsTrunk && !shared.Contains(node.Name)).Select(node => node.MAdds));
        var findings = new FindingList(BundleFormat.ManifestFile);
        findings.Require(madds.CanBe(gate.MAdds), FindingRules.GateMAdds, $"gate: expected {madds} multiply-adds, as {gate.File} has besides the trunk, found {gate.MAdds}");
        return new(BundleFormat.ManifestFile, $"cost of {gate.File}", $"{gate.MAdds} multiply-adds besides the trunk", findings.Found);
    }
}
