using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>An input or output of a served graph.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">What the elements are.</param>
/// <param name="Shape">Without the batch dimension; empty for one number an input.</param>
internal sealed record ServedTensor(string Name, TensorProto.Types.DataType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Takes it from the graph itself, so that nothing is declared that the graph does not have.</summary>
    /// <exception cref="SlimmableException">The first dimension is not a batch of any size.</exception>
    public static ServedTensor Of(ValueInfoProto value)
    {
        var dims = value.Type.TensorType.Shape.Dim;
        return dims is [{ DimParam: OnnxFormat.Batch }, ..]
            ? new ServedTensor(value.Name, (TensorProto.Types.DataType)value.Type.TensorType.ElemType, [.. dims.Skip(1).Select(dim => dim.DimValue)])
            : throw new SlimmableException($"'{value.Name}': expected a batch of any size as its first dimension, found {value.Type.TensorType.Shape}");
    }
}
