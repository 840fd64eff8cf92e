using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>What the graphs of one model share while they are checked: names are unique over all of them.</summary>
/// <param name="findings">Gets what is wrong.</param>
/// <param name="external">Where weights outside the file may be.</param>
internal sealed class ModelScope(FindingList findings, ExternalDataCheck external)
{
    private readonly HashSet<string> values = [];
    private readonly HashSet<string> nodes = [];
    private readonly HashSet<string> read = [];
    private readonly HashSet<string> taken = [];
    private readonly Dictionary<string, string> counted = [];

    public FindingList Findings => findings;

    public ExternalDataCheck External => external;

    /// <summary>The nodes of the outermost graph that are right, with what they read and give.</summary>
    public List<CheckedNode> Nodes { get; } = [];

    /// <summary>Takes a name for a value; false where it is taken.</summary>
    public bool TakeValue(string name) => values.Add(name);

    /// <summary>Takes a name for a node; false where it is taken.</summary>
    public bool TakeNode(string name) => nodes.Add(name);

    /// <summary>Remembers that something reads a value.</summary>
    public void Read(IEnumerable<string> names) => read.UnionWith(names);

    /// <summary>The values that nothing reads.</summary>
    public IEnumerable<string> Unread => values.Where(name => !read.Contains(name));

    /// <summary>Takes the names of an input's dimensions, which are no names for what a node counts.</summary>
    public void TakeSymbols(TensorShape shape) => taken.UnionWith(shape.Lengths.Select(length => length.Symbol).OfType<string>());

    /// <summary>Whether a shape is the declared one. What a node counts may be declared by any free name, always the same.</summary>
    public bool IsDeclared(TensorShape found, TensorShape declared) =>
        found.Rank == declared.Rank && found.Lengths.Zip(declared.Lengths).All(pair => pair.First == pair.Second || IsNameOf(pair.Second, pair.First));

    private bool IsNameOf(Length declared, Length found)
    {
        if (declared.Symbol is not { } name || !found.IsCounted)
        {
            return false;
        }

        return counted.TryGetValue(found.Symbol!, out var known) ? known == name : taken.Add(name) && counted.TryAdd(found.Symbol!, name);
    }
}

/// <summary>A node that is right.</summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">What it reads, without what is left out.</param>
/// <param name="Constants">Which of that are initializers.</param>
/// <param name="Output">What it gives.</param>
internal sealed record CheckedNode(NodeProto Node, IReadOnlyList<TensorFacts> Inputs, IReadOnlyList<TensorProto?> Constants, TensorFacts Output);
