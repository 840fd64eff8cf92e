namespace Slimmable.Models;

/// <summary>The rules that subnets and gates keep, given that the nodes are right.</summary>
internal static class SubnetRules
{
    public static IReadOnlyList<string> FaultsOf(SupernetGraph graph)
    {
        var faults = graph.Subnets.SelectMany(subnet => FaultsOf(graph, subnet)).ToList();
        faults.AddRange(Repeated(graph.Subnets.Select(subnet => subnet.Name)).Select(name => $"subnet '{name}': the name is used twice"));
        if (faults.Count == 0)
        {
            faults.AddRange(OrderFaults(graph));
            faults.AddRange(graph.Definition.Gates.SelectMany(gate => FaultsOf(graph, gate)));
        }

        return faults;
    }

    private static IEnumerable<string> FaultsOf(SupernetGraph graph, Subnet subnet)
    {
        if (!Names.IsValid(subnet.Name))
        {
            yield return $"subnet '{subnet.Name}': expected a name of {Names.Rule}";
        }

        var elastic = graph.Definition.Axes.Where(axis => axis.IsElastic).ToList();
        foreach (var axis in elastic)
        {
            if (!subnet.Indices.TryGetValue(axis.Name, out var index) || index < 0 || index >= axis.Sizes.Count)
            {
                var found = subnet.Indices.ContainsKey(axis.Name) ? index.ToString() : "none";
                yield return $"subnet '{subnet.Name}': expected an index in 0..{axis.Sizes.Count - 1} on axis '{axis.Name}', found {found}";
            }
        }

        foreach (var name in subnet.Indices.Keys.Except(elastic.Select(axis => axis.Name)))
        {
            yield return $"subnet '{subnet.Name}': there is no elastic axis '{name}'";
        }
    }

    private static IEnumerable<string> OrderFaults(SupernetGraph graph)
    {
        if (graph.Routable.Count == 0)
        {
            yield return "subnets: expected at least one that is routable";
        }

        if (graph.Subnets.Zip(graph.Subnets.Skip(1)).Any(pair => !pair.First.Routable && pair.Second.Routable))
        {
            yield return "subnets: expected the routable ones first";
        }

        if (!CanBeCounted(graph))
        {
            yield return "cost: at full width it has more multiply-adds than 64 bits can count";
            yield break;
        }

        var path = graph.NodesFor([graph.Definition.Logits]);
        var costs = graph.Routable.Select(subnet => (subnet.Name, CostModel.Of(graph, subnet, path).MAdds)).ToList();
        foreach (var (cheap, dear) in costs.Zip(costs.Skip(1)).Where(pair => pair.First.MAdds >= pair.Second.MAdds))
        {
            yield return $"subnets: expected rising cost, found '{cheap.Name}' with {cheap.MAdds} MAdds before '{dear.Name}' with {dear.MAdds}";
        }
    }

    /// <summary>Whether all nodes at full width, and with that any part of them, can be summed.</summary>
    private static bool CanBeCounted(SupernetGraph graph)
    {
        var elastic = graph.Definition.Axes.Where(axis => axis.IsElastic);
        var widest = new Subnet("widest", Routable: false, elastic.ToDictionary(axis => axis.Name, axis => axis.Sizes.Count - 1));
        try
        {
            return CostModel.Of(graph, widest, graph.Nodes).MAdds >= 0;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static IEnumerable<string> FaultsOf(SupernetGraph graph, Gate gate)
    {
        if (!Names.IsValid(gate.Name))
        {
            yield return $"gate '{gate.Name}': expected a name of {Names.Rule}";
        }

        var values = graph.Nodes.Select(node => node.Name).ToHashSet();
        if (!values.Contains(gate.Features) || !values.Contains(gate.Logits))
        {
            yield return $"gate '{gate.Name}': expected nodes for features and logits, found '{gate.Features}' and '{gate.Logits}'";
            yield break;
        }

        var shape = graph.ShapeOf(gate.Logits);
        var axis = graph.Axis(shape.Axis);
        if (!shape.IsFlat || shape.Pixels != 1 || axis.IsElastic || axis.Largest != gate.Candidates.Count)
        {
            yield return $"gate '{gate.Name}': expected logits [N, {gate.Candidates.Count}], one for each candidate, found {shape}, where {axis.Name} is {(axis.IsElastic ? $"{axis.Sizes[0]}..{axis.Largest}" : axis.Largest)}";
        }

        var routable = graph.Routable.Select(subnet => subnet.Name).ToHashSet();
        foreach (var candidate in gate.Candidates.Where(candidate => !routable.Contains(candidate)))
        {
            yield return $"gate '{gate.Name}': its candidate '{candidate}' is not a routable subnet";
        }

        foreach (var name in Repeated(gate.Candidates))
        {
            yield return $"gate '{gate.Name}': its candidate '{name}' is listed twice";
        }

        foreach (var trunkAxis in TrunkAxes(graph, gate).Where(trunkAxis => trunkAxis.IsElastic))
        {
            if (graph.Routable.Select(subnet => subnet.IndexOn(trunkAxis)).Distinct().Count() > 1)
            {
                yield return $"gate '{gate.Name}': the trunk uses axis '{trunkAxis.Name}', on which the routable subnets differ";
            }
        }

        var trunk = graph.NodesFor([gate.Features]).Select(node => node.Name).Where(name => name != gate.Features);
        if (graph.NodesFor([graph.Definition.Logits], gate.Features).SelectMany(node => node.Inputs).Intersect(trunk.Append(graph.Input.Name)).Any())
        {
            yield return $"gate '{gate.Name}': the tail reads the trunk past the features '{gate.Features}'";
        }
    }

    private static IEnumerable<Axis> TrunkAxes(SupernetGraph graph, Gate gate) =>
        graph.NodesFor([gate.Features, gate.Logits]).Select(node => graph.Axis(graph.ShapeOf(node.Name).Axis)).Distinct();

    /// <summary>Subnets name files, and files whose names differ only in case are one on some systems.</summary>
    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);
}
