using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numbers drawn uniformly from [0, 1), of a shape.</summary>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("rand.generator", size, dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn uniformly from [0, 1), of a shape.</summary>
    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("rand.generator", size, dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn uniformly from [0, 1), in a row.</summary>
    public static Tensor rand(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("rand.generator", (long[])[size], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn uniformly from [0, 1), in a matrix.</summary>
    public static Tensor rand(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("rand.generator", (long[])[rows, columns], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn uniformly from [0, 1), in three dimensions.</summary>
    public static Tensor rand(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("rand.generator", (long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn uniformly from [0, 1), in four dimensions.</summary>
    public static Tensor rand(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("rand.generator", (long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn from the standard normal distribution, of a shape.</summary>
    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("randn.generator", size, dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn from the standard normal distribution, of a shape.</summary>
    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("randn.generator", size, dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn from the standard normal distribution, in a row.</summary>
    public static Tensor randn(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("randn.generator", (long[])[size], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn from the standard normal distribution, in a matrix.</summary>
    public static Tensor randn(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("randn.generator", (long[])[rows, columns], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn from the standard normal distribution, in three dimensions.</summary>
    public static Tensor randn(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("randn.generator", (long[])[dim0, dim1, dim2], dtype, device, requires_grad, generator);

    /// <summary>Numbers drawn from the standard normal distribution, in four dimensions.</summary>
    public static Tensor randn(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Draw("randn.generator", (long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator);

    /// <summary>Whole numbers drawn uniformly from [0, high), Int64 unless asked otherwise.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>Whole numbers drawn uniformly from [low, high), Int64 unless asked otherwise.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null)
    {
        InitializeDevice(device);
        return Operator.Call(
            "randint.low_generator", low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    /// <summary>The numbers from 0 to n - 1 in random order, Int64 unless asked otherwise.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        InitializeDevice(device);
        return Operator.Call(
            "randperm.generator", n, generator, dtype ?? ScalarType.Int64, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }

    /// <summary>For every element, one with the probability it names and zero otherwise.</summary>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Draws indices with the probabilities, or weights, in every row.</summary>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    private static Tensor Draw(
        string name, Argument size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator)
    {
        InitializeDevice(device);
        return Operator.Call(name, size, generator, dtype ?? DefaultType, Argument.None, Argument.None, Argument.None)
            .requires_grad_(requires_grad);
    }
}
