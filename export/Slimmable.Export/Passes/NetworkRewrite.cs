namespace Slimmable.Export;

/// <summary>
/// What a pass builds while it walks a network's nodes in order: it keeps, replaces or drops each, and whoever read a dropped value reads
/// what it was dropped for.
/// </summary>
internal sealed class NetworkRewrite(PlainNetwork network)
{
    private readonly List<PlainNode> nodes = [];
    private readonly Dictionary<string, int> positions = [];
    private readonly Dictionary<string, string> replacements = [];

    /// <summary>The network as it is now.</summary>
    public PlainNetwork Result => network with
    {
        Nodes = nodes,
        Outputs = [.. network.Outputs.Select(output => output with { Value = Current(output.Value) })],
    };

    /// <summary>What a value of the old network is called in the new one.</summary>
    public string Current(string value) => replacements.GetValueOrDefault(value, value);

    /// <summary>The node that was kept under a name, or null.</summary>
    public PlainNode? Find(string value) => positions.TryGetValue(value, out var position) ? nodes[position] : null;

    /// <summary>Takes a node over.</summary>
    public void Keep(PlainNode node)
    {
        positions.Add(node.Name, nodes.Count);
        nodes.Add(node with { Inputs = [.. node.Inputs.Select(Current)] });
    }

    /// <summary>Puts another node in the place of a kept one of the same name.</summary>
    public void Replace(PlainNode node) => nodes[positions[node.Name]] = node;

    /// <summary>Leaves a node out; its readers read <paramref name="value"/>.</summary>
    public void Drop(PlainNode node, string value) => replacements.Add(node.Name, Current(value));
}
