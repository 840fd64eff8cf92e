namespace Slimmable.Models;

/// <summary>What a checkpoint keeps beyond its form. Reader and writer both ask, so that what is written can be read.</summary>
internal static class CheckpointRules
{
    /// <summary>Everything that would keep a checkpoint from being read again.</summary>
    public static IReadOnlyList<string> FaultsOf(Checkpoint checkpoint)
    {
        var graph = checkpoint.Graph;
        var known = graph.Tensors.Select(tensor => tensor.Name).ToHashSet();
        return
        [
            .. FaultsOf(checkpoint.Info, graph),
            .. graph.Tensors.SelectMany(tensor => NumberFaults(tensor.Name, checkpoint.Weights.GetValueOrDefault(tensor.Name), tensor.FullShape, tensor.Role)),
            .. checkpoint.Weights.Keys.Where(name => !known.Contains(name)).Select(name => $"tensor '{name}': the graph has no such tensor"),
            .. checkpoint.Golden?.FaultsFor(graph) ?? [],
        ];
    }

    /// <summary>What is wrong with the facts a checkpoint carries.</summary>
    public static IEnumerable<string> FaultsOf(CheckpointInfo info, SupernetGraph graph)
    {
        foreach (var fault in info.Preprocessing?.FaultsFor(graph.Axis(graph.Input.Channels).Largest) ?? [])
        {
            yield return fault;
        }

        if (info.Labels is { } labels && labels.Count != graph.Classes)
        {
            yield return $"labels: expected {graph.Classes} names, found {labels.Count}";
        }

        if (info.Labels?.Any(label => label is null) ?? false)
        {
            yield return "labels: found null in the list";
        }

        foreach (var fault in OperatingPoint.FaultsOf(info.OperatingPoints ?? [], graph.Gate?.Candidates.Count ?? 0))
        {
            yield return fault;
        }

        foreach (var fault in info.Accuracy?.FaultsFor(graph) ?? [])
        {
            yield return fault;
        }
    }

    /// <summary>What is wrong with a tensor's numbers, given that all are there.</summary>
    public static IEnumerable<string> ValueFaults(string name, float[] values, TensorRole? role = null)
    {
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        var negative = role == TensorRole.RunningVariance ? Array.FindIndex(values, value => value < 0) : -1;
        if (bad >= 0)
        {
            yield return $"tensor '{name}': expected finite numbers, found {values[bad]} at element {bad}";
        }
        else if (negative >= 0)
        {
            yield return $"tensor '{name}': expected variances from 0 up, found {values[negative]} at element {negative}";
        }
    }

    /// <summary>What is wrong with a tensor's numbers, or with how many there are.</summary>
    public static IEnumerable<string> NumberFaults(string name, float[]? values, IReadOnlyList<int> shape, TensorRole? role = null)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        if (values is null)
        {
            return [$"tensor '{name}': expected, found none"];
        }

        return values.Length == count ? ValueFaults(name, values, role) : [$"tensor '{name}': expected {count} numbers, found {values.Length}"];
    }
}
