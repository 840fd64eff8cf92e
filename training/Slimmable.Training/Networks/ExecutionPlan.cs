using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>The nodes to run for some values, and after which node each value is of no more use.</summary>
internal sealed class ExecutionPlan
{
    private ExecutionPlan(IReadOnlyList<Node> nodes, IReadOnlyList<IReadOnlyList<string>> releases, IReadOnlyList<bool> overwrites)
    {
        Nodes = nodes;
        Releases = releases;
        Overwrites = overwrites;
    }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>For each node, the values of this plan that it is the last to read.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Releases { get; }

    /// <summary>
    /// For each node, whether it may compute in place of its input: nobody else reads that, and autograd needs the value that made it no more.
    /// </summary>
    public IReadOnlyList<bool> Overwrites { get; }

    public static ExecutionPlan For(SupernetGraph graph, IReadOnlyCollection<string> targets, params IReadOnlyCollection<string> given)
    {
        var nodes = graph.NodesFor(targets, given);
        var lastReader = new Dictionary<string, int>();
        for (var index = 0; index < nodes.Count; index++)
        {
            foreach (var input in nodes[index].Inputs)
            {
                lastReader[input] = index;
            }
        }

        var made = nodes.Select(node => node.Name).Except(targets).ToHashSet();
        var releases = lastReader.Where(pair => made.Contains(pair.Key)).ToLookup(pair => pair.Value, pair => pair.Key);
        var readers = nodes.SelectMany(node => node.Inputs).CountBy(input => input).ToDictionary();

        // These keep what they read for their gradient, not what they yield.
        var overwritable = nodes.Where(node => node is Conv2dNode or LinearNode or BatchNormNode or AddNode).Select(node => node.Name).Except(targets).ToHashSet();
        return new ExecutionPlan(
            nodes,
            [.. nodes.Select((_, index) => releases[index].ToArray())],
            [.. nodes.Select(node => node is ActivationNode { Input: var input } && overwritable.Contains(input) && readers[input] == 1)]);
    }
}
