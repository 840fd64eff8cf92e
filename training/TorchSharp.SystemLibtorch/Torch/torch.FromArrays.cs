namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of one float and no dimensions.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Copy<float>([scalar], [], null, device, requires_grad);

    /// <summary>A copy of the array in a row; other element types are converted to.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A copy of the array in a shape; other element types are converted to.</summary>
    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A copy of the array in a matrix.</summary>
    public static Tensor tensor(
        IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<float>([.. rawArray], [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of one double and no dimensions.</summary>
    public static Tensor tensor(double scalar, Device? device = null, bool requires_grad = false) =>
        Copy<double>([scalar], [], null, device, requires_grad);

    /// <summary>A copy of the array in a row; other element types are converted to.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A copy of the array in a shape; other element types are converted to.</summary>
    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A copy of the array in a matrix.</summary>
    public static Tensor tensor(
        IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<double>([.. rawArray], [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of one long and no dimensions.</summary>
    public static Tensor tensor(long scalar, Device? device = null, bool requires_grad = false) =>
        Copy<long>([scalar], [], null, device, requires_grad);

    /// <summary>A copy of the array in a row; other element types are converted to.</summary>
    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A copy of the array in a shape; other element types are converted to.</summary>
    public static Tensor tensor(
        long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>(dataArray, dimensions, dtype, device, requires_grad);

    /// <summary>A copy of the array in a matrix.</summary>
    public static Tensor tensor(
        IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<long>([.. rawArray], [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of one int and no dimensions.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Copy<int>([scalar], [], null, device, requires_grad);

    /// <summary>A copy of the array in a row; other element types are converted to.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A copy of the array in a shape; other element types are converted to.</summary>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A copy of the array in a matrix.</summary>
    public static Tensor tensor(
        IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<int>([.. rawArray], [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of one byte and no dimensions.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        Copy<byte>([scalar], [], null, device, requires_grad);

    /// <summary>A copy of the array in a row; other element types are converted to.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A copy of the array in a shape; other element types are converted to.</summary>
    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<byte>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A copy of the array in a matrix.</summary>
    public static Tensor tensor(
        IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<byte>([.. rawArray], [rows, columns], dtype, device, requires_grad);

    /// <summary>A tensor of one bool and no dimensions.</summary>
    public static Tensor tensor(bool scalar, Device? device = null, bool requires_grad = false) =>
        Copy<bool>([scalar], [], null, device, requires_grad);

    /// <summary>A copy of the array in a row; other element types are converted to.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    /// <summary>A copy of the array in a shape; other element types are converted to.</summary>
    public static Tensor tensor(
        bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>(rawArray, dimensions, dtype, device, requires_grad);

    /// <summary>A copy of the array in a matrix.</summary>
    public static Tensor tensor(
        IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<bool>([.. rawArray], [rows, columns], dtype, device, requires_grad);

    private static Tensor Copy<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var size in shape)
            count *= size;
        if (count > values.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");

        var type = ElementTypes[typeof(T)];
        var tensor = empty(shape, type, device);
        unsafe
        {
            values[..(int)count].CopyTo(new Span<T>((void*)tensor.DataPointer, (int)count));
        }

        if (dtype is { } other && other != type)
            using (var original = tensor)
                tensor = original.to_type(other);
        return tensor.requires_grad_(requires_grad);
    }
}
