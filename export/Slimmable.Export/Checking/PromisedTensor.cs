using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What a manifest says of a graph's input or output; a named batch dimension stands before the shape.</summary>
internal sealed record PromisedTensor(string Name, OnnxType Type, IReadOnlyList<int> Shape)
{
    public static PromisedTensor Of(BundleTensor tensor) => new(tensor.Name, tensor.NumberType == NumberType.U8 ? OnnxType.UInt8 : OnnxType.Float, tensor.Shape);

    public override string ToString() => $"{Type.Text()} [{string.Join(", ", Shape.Select(length => $"{length}").Prepend("batch"))}]";
}

/// <summary>What a manifest says of a graph; null for a side of which it says nothing.</summary>
/// <param name="File">The graph's file.</param>
/// <param name="Inputs">What enters, in any order.</param>
/// <param name="Outputs">What leaves, in any order.</param>
internal sealed record PromisedGraph(string File, IReadOnlyList<PromisedTensor>? Inputs, IReadOnlyList<PromisedTensor>? Outputs);
