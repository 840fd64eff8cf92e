namespace Slimmable.Models;

/// <summary>One network inside the supernet: a size for every elastic axis.</summary>
/// <param name="Name">Unique; becomes part of file names, so letters, digits, <c>.</c>, <c>_</c> and <c>-</c> only.</param>
/// <param name="Routable">Whether requests can be sent to it. A subnet that only teaches in training is not routable.</param>
/// <param name="Indices">For every elastic axis, the index into <see cref="Axis.Sizes"/>. Fixed axes are left out.</param>
public sealed record Subnet(string Name, bool Routable, IReadOnlyDictionary<string, int> Indices)
{
    /// <summary>The index this subnet takes on an axis; 0 on a fixed one.</summary>
    public int IndexOn(Axis axis) => axis.IsElastic ? Indices[axis.Name] : 0;

    /// <summary>The number of channels this subnet takes on an axis.</summary>
    public int WidthOn(Axis axis) => axis.Sizes[IndexOn(axis)];
}
