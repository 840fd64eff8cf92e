using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Lays tensors end to end along a dimension they all have.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Operator.Call("cat", (Tensor[])[.. tensors], dim);

    /// <summary>Lays tensors of one shape side by side along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Operator.Call("stack", (Tensor[])[.. tensors], dim);

    /// <summary>Picks from x where the condition holds and from y elsewhere.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Operator.Call("where.self", condition, x, y);

    /// <summary>The absolute value.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>The square root.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>One over the square root.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>e to the power of the element.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>The natural logarithm.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>The natural logarithm of one plus the element.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>Raises to a power.</summary>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>Rounds down.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>Rounds to the nearest, halves to the even one.</summary>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    /// <summary>Keeps the elements between two numbers.</summary>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <summary>The larger of two elements each.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The smaller of two elements each.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>The sum of all elements.</summary>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <summary>The mean of all elements.</summary>
    public static Tensor mean(Tensor input) => input.mean();

    /// <summary>The means along dimensions.</summary>
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
        input.mean(dimensions, keepdim, type);

    /// <summary>The largest element.</summary>
    public static Tensor max(Tensor input) => input.max();

    /// <summary>The smallest element.</summary>
    public static Tensor min(Tensor input) => input.min();

    /// <summary>Where the largest element is, counted through all elements.</summary>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <summary>Where the largest elements are along a dimension.</summary>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    /// <summary>Where the smallest elements are along a dimension.</summary>
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    /// <summary>exp(x) over a dimension, scaled to sum one.</summary>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    /// <summary>The logarithm of the sum of exp(x) over a dimension.</summary>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    /// <summary>The product of two matrices, of batches of matrices or of vectors.</summary>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <summary>The product of two matrices.</summary>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <summary>Where the elements are not numbers.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Where the elements are finite numbers.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary>Whether all elements are within atol + rtol * |target| of the target's.</summary>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    /// <summary>How often every whole number from 0 on occurs, or the sum of its weights.</summary>
    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) =>
        Operator.Call("bincount", input, weights, minlength);
}
