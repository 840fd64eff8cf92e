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

    /// <summary>A weight with its numbers.</summary>
    public static TensorProto Tensor(PlainTensor tensor)
    {
        var bytes = new byte[tensor.Bytes];
        tensor.WriteTo(new MemoryStream(bytes));
        var proto = Header(tensor);
        proto.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        return proto;
    }

    /// <summary>A weight without its numbers.</summary>
    public static TensorProto Header(PlainTensor tensor) => new()
    {
        Name = tensor.Name,
        DataType = (int)TypeOf(tensor.Type),
        Dims = { tensor.Shape.Select(length => (long)length) },
    };

    /// <summary>Whole numbers, as operators take them that choose or shape.</summary>
    public static TensorProto Tensor(string name, IReadOnlyList<long> shape, params long[] values) => new()
    {
        Name = name,
        DataType = (int)TensorProto.Types.DataType.Int64,
        Dims = { shape },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    };

    /// <summary>A graph of its own.</summary>
    public static AttributeProto Graph(string name, GraphProto graph) => new() { Name = name, Type = AttributeType.Graph, G = graph };

    /// <summary>A value with a batch dimension before its shape.</summary>
    public static ValueInfoProto Value(string name, string batch, IReadOnlyList<int> shape, PlainType type = PlainType.F32) => Value(
        name, TypeOf(type), [Dimension(batch), .. shape.Select(length => Dimension(length))]);

    /// <summary>A value.</summary>
    public static ValueInfoProto Value(string name, TensorProto.Types.DataType type, params IEnumerable<TensorShapeProto.Types.Dimension> shape) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto { Dim = { shape } } } },
    };

    /// <summary>ONNX's word for a type.</summary>
    public static TensorProto.Types.DataType TypeOf(PlainType type) => type switch
    {
        PlainType.F32 => TensorProto.Types.DataType.Float,
        PlainType.F16 => TensorProto.Types.DataType.Float16,
        PlainType.U8 => TensorProto.Types.DataType.Uint8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>A length that is known only when the graph runs.</summary>
    public static TensorShapeProto.Types.Dimension Dimension(string name) => new() { DimParam = name };

    /// <summary>A known length.</summary>
    public static TensorShapeProto.Types.Dimension Dimension(long length) => new() { DimValue = length };
}
