namespace Slimmable.Export;

/// <summary>The numbers that a value or a weight consists of.</summary>
internal enum PlainType
{
    /// <summary>32-bit floats.</summary>
    F32,

    /// <summary>16-bit floats.</summary>
    F16,

    /// <summary>Bytes, 0 to 255.</summary>
    U8,
}
