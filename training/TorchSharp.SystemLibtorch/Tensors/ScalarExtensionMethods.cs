using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Conversions between .NET numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>Makes a scalar of a whole number.</summary>
    public static Scalar ToScalar(this byte value) => ToScalar((long)value);

    /// <summary>Makes a scalar of a whole number.</summary>
    public static Scalar ToScalar(this sbyte value) => ToScalar((long)value);

    /// <summary>Makes a scalar of a whole number.</summary>
    public static Scalar ToScalar(this short value) => ToScalar((long)value);

    /// <summary>Makes a scalar of a whole number.</summary>
    public static Scalar ToScalar(this int value) => ToScalar((long)value);

    /// <summary>Makes a scalar of a whole number.</summary>
    public static Scalar ToScalar(this long value) => new(ScalarType.Int64, value, value);

    /// <summary>Makes a scalar of a floating-point number.</summary>
    public static Scalar ToScalar(this float value) => ToScalar((double)value);

    /// <summary>Makes a scalar of a floating-point number.</summary>
    public static Scalar ToScalar(this double value) => new(ScalarType.Float64, (long)value, value);

    /// <summary>Makes a scalar of a truth value.</summary>
    public static Scalar ToScalar(this bool value) => new(ScalarType.Bool, value ? 1 : 0, value ? 1 : 0);

    /// <summary>The number as a float.</summary>
    public static float ToSingle(this Scalar value) => (float)value.Real;

    /// <summary>The number as a double.</summary>
    public static double ToDouble(this Scalar value) => value.Real;

    /// <summary>The number as a byte; a fraction is cut off.</summary>
    public static byte ToByte(this Scalar value) => (byte)value.Integer;

    /// <summary>The number as an int; a fraction is cut off.</summary>
    public static int ToInt32(this Scalar value) => (int)value.Integer;

    /// <summary>The number as a long; a fraction is cut off.</summary>
    public static long ToInt64(this Scalar value) => value.Integer;

    /// <summary>Whether the number is not zero.</summary>
    public static bool ToBoolean(this Scalar value) => value.Real != 0;
}
