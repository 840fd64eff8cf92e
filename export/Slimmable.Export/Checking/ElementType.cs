using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>The element types that bundles use, by ONNX's numbers.</summary>
internal enum ElementType
{
    Float = 1,
    UInt8 = 2,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
}

/// <summary>Facts about element types.</summary>
internal static class ElementTypes
{
    /// <summary>All of them, for messages.</summary>
    public const string Known = "float, float16, int64, uint8 or bool";

    public static IReadOnlyList<ElementType> Floats { get; } = [ElementType.Float, ElementType.Float16];

    public static IReadOnlyList<ElementType> Numbers { get; } = [.. Floats, ElementType.Int64, ElementType.UInt8];

    /// <summary>The type of a number from a file, or null for one that no bundle uses.</summary>
    public static ElementType? Of(long number) => number is >= 0 and <= byte.MaxValue && Enum.IsDefined((ElementType)number) ? (ElementType)number : null;

    /// <summary>ONNX's own word.</summary>
    public static string Text(this ElementType type) => type.ToString().ToLowerInvariant();

    /// <summary>A number from a file, and its word where it has one.</summary>
    public static string Text(long number) =>
        $"{number}{(Enum.IsDefined((TensorProto.Types.DataType)(int)number) ? $" ({(TensorProto.Types.DataType)(int)number})".ToLowerInvariant() : "")}";

    public static int Bytes(this ElementType type) => type switch
    {
        ElementType.Int64 => sizeof(long),
        ElementType.Float => sizeof(float),
        ElementType.Float16 => sizeof(ushort),
        _ => sizeof(byte),
    };
}
