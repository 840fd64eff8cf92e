using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Float32, which tensors are made of unless asked otherwise.</summary>
    private const ScalarType DefaultType = ScalarType.Float32;

    /// <summary>The element type tensors are made of unless asked otherwise.</summary>
    public static ScalarType get_default_dtype() => DefaultType;

    /// <summary>The numbers from 0 to stop (excluded).</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from start to stop (excluded).</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from start to stop (excluded) in steps; Int64 if all three are whole, else Float32.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Operator.Call("arange.start_step", start, stop, step, dtype, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    /// <summary>Numbers evenly spaced from start to end, both included.</summary>
    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Operator.Call(
            "linspace", start, end, steps, dtype ?? DefaultType, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    /// <summary>A matrix with ones on its diagonal.</summary>
    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Operator.Call(
            "eye.m", rows, columns < 0 ? rows : columns, dtype ?? DefaultType, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    /// <summary>A number everywhere in a shape.</summary>
    public static Tensor full(
        long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Operator.Call("full", size, value, dtype, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    /// <summary>A number in a row.</summary>
    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([size], value, dtype, device, requires_grad);

    /// <summary>A number in a matrix.</summary>
    public static Tensor full(
        long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full([rows, columns], value, dtype, device, requires_grad);

    /// <summary>Zeros in the shape, and of the type, of another tensor.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeLike("zeros_like", input, dtype, device, requires_grad);

    /// <summary>Ones in the shape, and of the type, of another tensor.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeLike("ones_like", input, dtype, device, requires_grad);

    /// <summary>Memory that nobody has written yet, in the shape, and of the type, of another tensor.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeLike("empty_like", input, dtype, device, requires_grad);

    /// <summary>Numbers drawn uniformly from [0, 1), in the shape, and of the type, of another tensor.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeLike("rand_like", input, dtype, device, requires_grad);

    /// <summary>Numbers drawn from the standard normal distribution, in the shape, and of the type, of another tensor.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        MakeLike("randn_like", input, dtype, device, requires_grad);

    /// <summary>A number everywhere, in the shape, and of the type, of another tensor.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Operator.Call("full_like", input, value, dtype, Argument.None, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    private static Tensor MakeLike(string name, Tensor input, ScalarType? dtype, Device? device, bool requires_grad)
    {
        InitializeDevice(device);
        return Operator.Call(name, input, dtype, Argument.None, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }
}
