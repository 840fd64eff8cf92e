using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Zeros of a shape.</summary>
    public static Tensor zeros(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("zeros", size, dtype, device, requires_grad);

    /// <summary>Zeros of a shape.</summary>
    public static Tensor zeros(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("zeros", size, dtype, device, requires_grad);

    /// <summary>Zeros in a row.</summary>
    public static Tensor zeros(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("zeros", (long[])[size], dtype, device, requires_grad);

    /// <summary>Zeros in a matrix.</summary>
    public static Tensor zeros(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("zeros", (long[])[rows, columns], dtype, device, requires_grad);

    /// <summary>Zeros in three dimensions.</summary>
    public static Tensor zeros(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("zeros", (long[])[dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>Zeros in four dimensions.</summary>
    public static Tensor zeros(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("zeros", (long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>Ones of a shape.</summary>
    public static Tensor ones(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("ones", size, dtype, device, requires_grad);

    /// <summary>Ones of a shape.</summary>
    public static Tensor ones(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("ones", size, dtype, device, requires_grad);

    /// <summary>Ones in a row.</summary>
    public static Tensor ones(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("ones", (long[])[size], dtype, device, requires_grad);

    /// <summary>Ones in a matrix.</summary>
    public static Tensor ones(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("ones", (long[])[rows, columns], dtype, device, requires_grad);

    /// <summary>Ones in three dimensions.</summary>
    public static Tensor ones(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("ones", (long[])[dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>Ones in four dimensions.</summary>
    public static Tensor ones(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Make("ones", (long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, of a shape.</summary>
    public static Tensor empty(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeEmpty(size, dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, of a shape.</summary>
    public static Tensor empty(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeEmpty(size, dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, in a row.</summary>
    public static Tensor empty(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeEmpty((long[])[size], dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, in a matrix.</summary>
    public static Tensor empty(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeEmpty((long[])[rows, columns], dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, in three dimensions.</summary>
    public static Tensor empty(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeEmpty((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, in four dimensions.</summary>
    public static Tensor empty(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeEmpty((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

    private static Tensor Make(string name, Argument size, ScalarType? dtype, Device? device, bool requires_grad)
    {
        InitializeDevice(device);
        return Operator.Call(name, size, dtype ?? DefaultType, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    private static Tensor MakeEmpty(Argument size, ScalarType? dtype, Device? device, bool requires_grad)
    {
        InitializeDevice(device);
        return Operator.Call(
            "empty.memory_format", size, dtype ?? DefaultType, Argument.None, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }
}
