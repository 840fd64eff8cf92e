using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => Operator.Call("sum", this, type);

        /// <summary>The sums along a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Operator.Call("sum.dim_IntList", this, (long[])[dim], keepdim, type);

        /// <summary>The sums along dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Operator.Call("sum.dim_IntList", this, dim, keepdim, type);

        /// <summary>The sums along dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Operator.Call("sum.dim_IntList", this, dim, keepdim, type);

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => Operator.Call("mean", this, Argument.None);

        /// <summary>The means along dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Operator.Call("mean.dim", this, dimensions, keepdim, type);

        /// <summary>The variance of all elements: divided by one less than their number.</summary>
        public Tensor var() => Operator.Call("var", this, true);

        /// <summary>The variances along dimensions; unbiased divides by one less than the number of elements.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Operator.Call("var.dim", this, dimensions, unbiased, keepdim);

        /// <summary>The variances along a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => var((long[])[dim], unbiased, keepdim);

        /// <summary>The standard deviation of all elements: divided by one less than their number.</summary>
        public Tensor std() => Operator.Call("std", this, true);

        /// <summary>The standard deviations along dimensions; unbiased divides by one less than the number of elements.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Operator.Call("std.dim", this, dimensions, unbiased, keepdim);

        /// <summary>The standard deviations along a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) => std((long[])[dim], unbiased, keepdim);

        /// <summary>The largest element.</summary>
        public Tensor max() => Operator.Call("max", this);

        /// <summary>The largest elements along a dimension and where they are.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Operator.CallPair("max.dim", this, dim, keepdim);

        /// <summary>The smallest element.</summary>
        public Tensor min() => Operator.Call("min", this);

        /// <summary>The smallest elements along a dimension and where they are.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Operator.CallPair("min.dim", this, dim, keepdim);

        /// <summary>The largest elements along dimensions.</summary>
        public Tensor amax(params long[] dims) => Operator.Call("amax", this, dims, false);

        /// <summary>The smallest elements along dimensions.</summary>
        public Tensor amin(params long[] dims) => Operator.Call("amin", this, dims, false);

        /// <summary>Where the largest element is, counted through all elements.</summary>
        public Tensor argmax() => Operator.Call("argmax", this, Argument.None, false);

        /// <summary>Where the largest elements are along a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Operator.Call("argmax", this, dim, keepdim);

        /// <summary>Where the smallest element is, counted through all elements.</summary>
        public Tensor argmin() => Operator.Call("argmin", this, Argument.None, false);

        /// <summary>Where the smallest elements are along a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Operator.Call("argmin", this, dim, keepdim);

        /// <summary>The k largest (or smallest) elements along a dimension and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Operator.CallPair("topk", this, k, dim, largest, sorted);

        /// <summary>The elements sorted along a dimension and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Operator.CallPair("sort.stable", this, stable, dim, descending);

        /// <summary>Where the sorted elements are along a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Operator.Call("argsort", this, dim, descending);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2) => Operator.Call("norm.Scalar", this, p);

        /// <summary>The p-norms along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2) =>
            Operator.Call("norm.ScalarOpt_dim", this, p, (long[])[dim], keepdim);

        /// <summary>Whether all elements are not zero.</summary>
        public Tensor all() => Operator.Call("all", this);

        /// <summary>Whether all elements are not zero, along a dimension.</summary>
        public Tensor all(long dim, bool keepdim = false) => Operator.Call("all.dim", this, dim, keepdim);

        /// <summary>Whether an element is not zero.</summary>
        public Tensor any() => Operator.Call("any", this);

        /// <summary>Whether an element is not zero, along a dimension.</summary>
        public Tensor any(long dim, bool keepdim = false) => Operator.Call("any.dim", this, dim, keepdim);
    }
}
