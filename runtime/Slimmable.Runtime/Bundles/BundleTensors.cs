using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>Facts about a bundle's tensors.</summary>
internal static class BundleTensors
{
    /// <summary>The numbers in one row of a tensor.</summary>
    public static int Elements(this BundleTensor tensor) => tensor.Shape.Aggregate(1, (product, length) => product * length);

    /// <summary>The bytes that one row of a tensor takes.</summary>
    public static long RowBytes(this BundleTensor tensor) => (long)tensor.Elements() * (tensor.NumberType == NumberType.U8 ? 1 : sizeof(float));
}
