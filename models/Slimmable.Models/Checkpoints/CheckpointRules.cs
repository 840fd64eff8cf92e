namespace Slimmable.Models;

/// <summary>What a checkpoint keeps beyond its form. Reader and writer both ask, so that what is written can be read.</summary>
internal static class CheckpointRules
{
    /// <summary>Everything that would keep a checkpoint from being read again.</summary>
    public static IReadOnlyList<string> FaultsOf(ICheckpoint checkpoint)
    {
        var graph = checkpoint.Graph;
        var tensors = checkpoint.Tensors;
        var known = graph.Tensors.Select(tensor => tensor.Name).ToHashSet();
        return
        [
            .. FaultsOf(checkpoint.Info, graph),
            .. graph.Tensors.SelectMany(tensor => NumberFaults(tensor.Name, tensors.GetValueOrDefault(tensor.Name), tensor.FullShape, tensor.Role)),
            .. tensors.Keys.Where(name => !known.Contains(name)).Select(name => $"tensor '{name}': the graph has no such tensor"),
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
    public static IEnumerable<string> ValueFaults(string name, TensorValues values, TensorRole? role = null)
    {
        if (values.FirstBad(role == TensorRole.RunningVariance ? 0 : float.MinValue) is var (position, value))
        {
            var expected = float.IsFinite(value) ? "variances from 0 up" : "finite numbers";
            yield return $"tensor '{name}': expected {expected}, found {value} at element {position}";
        }
    }

    /// <summary>What is wrong with a tensor's numbers, or with how many there are.</summary>
    public static IEnumerable<string> NumberFaults(string name, TensorValues? values, IReadOnlyList<int> shape, TensorRole? role = null)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        if (values is null)
        {
            return [$"tensor '{name}': expected, found none"];
        }

        return values.Count == count ? ValueFaults(name, values, role) : [$"tensor '{name}': expected {count} numbers, found {values.Count}"];
    }
}
