using System.Runtime.InteropServices;
using Google.Protobuf;
using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.AttributeProto.Types;

namespace Slimmable.Export;

/// <summary>Makes the small messages that an ONNX graph consists of.</summary>
internal static class OnnxParts
{
    /// <summary>A node with one output.</summary>
    public static NodeProto Node(string operation, string name, IEnumerable<string> inputs, string output, params IEnumerable<AttributeProto> attributes) =>
        new() { Name = name, OpType = operation, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    /// <summary>An attribute that is a whole number.</summary>
    public static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static AttributeProto Integers(string name, params IEnumerable<long> values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    /// <summary>An attribute that is a real number.</summary>
    public static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    /// <summary>An attribute that is a word.</summary>
    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>A weight.</summary>
    public static TensorProto Tensor(PlainTensor tensor) => new()
    {
        Name = tensor.Name,
        DataType = (int)TensorProto.Types.DataType.Float,
        Dims = { tensor.Shape.Select(length => (long)length) },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(tensor.Values.AsSpan())),
    };

    /// <summary>A float value with the batch dimension before its shape.</summary>
    public static ValueInfoProto Value(string name, IReadOnlyList<int> shape)
    {
        var dimensions = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = OnnxFormat.Batch } } };
        dimensions.Dim.AddRange(shape.Select(length => new TensorShapeProto.Types.Dimension { DimValue = length }));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
