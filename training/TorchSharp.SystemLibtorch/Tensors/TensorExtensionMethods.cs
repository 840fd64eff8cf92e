using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Conversions of tensors of one element to .NET numbers.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The only element as a float.</summary>
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The only element as a double.</summary>
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element as a byte.</summary>
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();

    /// <summary>The only element as an int; a fraction is cut off.</summary>
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The only element as a long; a fraction is cut off.</summary>
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    /// <summary>Whether the only element is not zero.</summary>
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>Makes a parameter of the tensor, which must not be used any more.</summary>
    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);
}
