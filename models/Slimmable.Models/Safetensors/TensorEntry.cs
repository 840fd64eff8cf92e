namespace Slimmable.Models;

/// <summary>A tensor as the header of a safetensors file declares it, checked against the file's length.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type, or null for one that is not read here.</param>
/// <param name="TypeName">The element type's name in the file.</param>
/// <param name="Shape">Outermost first; empty for a scalar.</param>
/// <param name="Offset">Of the first byte in the file.</param>
/// <param name="Length">In bytes.</param>
public sealed record TensorEntry(string Name, TensorType? Type, string TypeName, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>The shape as it stands in messages, e.g. <c>[16, 3, 3]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
