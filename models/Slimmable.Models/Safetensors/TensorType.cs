namespace Slimmable.Models;

/// <summary>The element types that Slimmable reads and writes in safetensors files.</summary>
public enum TensorType
{
    /// <summary>32-bit float.</summary>
    F32,

    /// <summary>16-bit IEEE float.</summary>
    F16,

    /// <summary>16-bit brain float: the upper half of a 32-bit float.</summary>
    BF16,

    /// <summary>64-bit signed integer.</summary>
    I64,

    /// <summary>8-bit unsigned integer.</summary>
    U8,
}

/// <summary>Facts about element types.</summary>
public static class TensorTypes
{
    /// <summary>Bytes an element takes.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.I64 => 8,
        TensorType.F32 => 4,
        TensorType.F16 or TensorType.BF16 => 2,
        TensorType.U8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The type by its name in a file, or null for one that is not read here.</summary>
    public static TensorType? Parse(string? name) => name switch
    {
        "F32" => TensorType.F32,
        "F16" => TensorType.F16,
        "BF16" => TensorType.BF16,
        "I64" => TensorType.I64,
        "U8" => TensorType.U8,
        _ => null,
    };
}
