using Slimmable.Models;

namespace Slimmable.EndToEnd.Tests;

/// <summary>
/// A network's teacher as the one routable subnet of a network without a gate. A bundle has routable subnets only; this way the exporter can
/// be held to the teacher's numbers too.
/// </summary>
internal static class TeacherAlone
{
    /// <summary>The same weights, without those that only the gate reads.</summary>
    public static Checkpoint In(Checkpoint checkpoint)
    {
        var graph = checkpoint.Graph;
        var nodes = graph.NodesFor([graph.Definition.Logits]);
        var used = nodes.Select(node => graph.ShapeOf(node.Name).Axis).Append(graph.Input.Channels).ToHashSet();
        var alone = SupernetGraph.Create(graph.Definition with
        {
            Nodes = nodes,
            Axes = [.. graph.Definition.Axes.Where(axis => used.Contains(axis.Name))],
            Subnets = [graph.Teacher with { Routable = true }],
            Gates = [],
        });
        return new Checkpoint(alone, alone.Tensors.ToDictionary(tensor => tensor.Name, tensor => checkpoint.Weights[tensor.Name]), checkpoint.Info);
    }
}
