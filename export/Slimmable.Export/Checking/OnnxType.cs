using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>The element types that bundles use, by ONNX's numbers.</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
}

/// <summary>Facts about element types.</summary>
internal static class OnnxTypes
{
    /// <summary>All of them, for messages.</summary>
    public const string Known = "float, float16, int64, uint8 or bool";

    public static IReadOnlyList<OnnxType> Floats { get; } = [OnnxType.Float, OnnxType.Float16];

    public static IReadOnlyList<OnnxType> Numbers { get; } = [.. Floats, OnnxType.Int64, OnnxType.UInt8];

    /// <summary>The type of a number from a file, or null for one that no bundle uses.</summary>
    public static OnnxType? Of(long number) => number is >= 0 and <= byte.MaxValue && Enum.IsDefined((OnnxType)number) ? (OnnxType)number : null;

    /// <summary>ONNX's own word.</summary>
    public static string Text(this OnnxType type) => type.ToString().ToLowerInvariant();

    /// <summary>A number from a file, and its word where it has one.</summary>
    public static string Text(long number) =>
        $"{number}{(Enum.IsDefined((TensorProto.Types.DataType)(int)number) ? $" ({(TensorProto.Types.DataType)(int)number})".ToLowerInvariant() : "")}";

    public static int Bytes(this OnnxType type) => type switch
    {
        OnnxType.Int64 => sizeof(long),
        OnnxType.Float => sizeof(float),
        OnnxType.Float16 => sizeof(ushort),
        _ => sizeof(byte),
    };
}
