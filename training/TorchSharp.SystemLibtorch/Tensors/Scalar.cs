namespace TorchSharp;

/// <summary>A number passed to an operator: a whole number, a floating-point number or a truth value.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(torch.ScalarType type, long integer, double real)
    {
        Type = type;
        Integer = integer;
        Real = real;
    }

    /// <summary>Whether the number is whole (Int64), real (Float64) or a truth value (Bool).</summary>
    public torch.ScalarType Type { get; }

    internal long Integer { get; }

    internal double Real { get; }

    /// <summary>Makes a scalar of a whole number.</summary>
    public static implicit operator Scalar(byte value) => value.ToScalar();

    /// <summary>Makes a scalar of a whole number.</summary>
    public static implicit operator Scalar(sbyte value) => value.ToScalar();

    /// <summary>Makes a scalar of a whole number.</summary>
    public static implicit operator Scalar(short value) => value.ToScalar();

    /// <summary>Makes a scalar of a whole number.</summary>
    public static implicit operator Scalar(int value) => value.ToScalar();

    /// <summary>Makes a scalar of a whole number.</summary>
    public static implicit operator Scalar(long value) => value.ToScalar();

    /// <summary>Makes a scalar of a floating-point number.</summary>
    public static implicit operator Scalar(float value) => value.ToScalar();

    /// <summary>Makes a scalar of a floating-point number.</summary>
    public static implicit operator Scalar(double value) => value.ToScalar();

    /// <summary>Makes a scalar of a truth value.</summary>
    public static implicit operator Scalar(bool value) => value.ToScalar();

    /// <summary>Does nothing: a scalar is managed memory here.</summary>
    public void Dispose()
    {
    }
}
