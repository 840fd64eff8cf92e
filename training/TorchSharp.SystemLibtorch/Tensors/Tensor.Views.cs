using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A matrix with rows and columns exchanged.</summary>
        public Tensor T => Operator.Call("numpy_T", this);

        /// <summary>The same memory in another shape; one size may be -1.</summary>
        public Tensor view(params long[] shape) => Operator.Call("view", this, shape);

        /// <summary>The same memory in the shape of another tensor.</summary>
        public Tensor view_as(Tensor other) => Operator.Call("view_as", this, other);

        /// <summary>The same elements in another shape, copied where memory cannot be shared; one size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Operator.Call("reshape", this, shape);

        /// <summary>Makes one dimension of several.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Operator.Call("flatten.using_ints", this, start_dim, end_dim);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Operator.Call("permute", this, permutation);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => Operator.Call("transpose.int", this, dim0, dim1);

        /// <summary>A matrix with rows and columns exchanged.</summary>
        public Tensor t() => Operator.Call("t", this);

        /// <summary>A dimension of size one put in.</summary>
        public Tensor unsqueeze(long dim) => Operator.Call("unsqueeze", this, dim);

        /// <summary>The dimension taken out if of size one; without a dimension, all of size one.</summary>
        public Tensor squeeze(long? dim = null) =>
            dim is { } one ? Operator.Call("squeeze.dim", this, one) : Operator.Call("squeeze", this);

        /// <summary>Dimensions of size one widened without copying; -1 leaves one as it is.</summary>
        public Tensor expand(params long[] sizes) => Operator.Call("expand", this, sizes, false);

        /// <summary>Dimensions of size one widened to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other) => Operator.Call("expand_as", this, other);

        /// <summary>A part of a dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Operator.Call("narrow", this, dim, start, length);

        /// <summary>A part of a dimension, from start (included) to finish (excluded) in steps.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Operator.Call("slice.Tensor", this, dim, start, finish, step);

        /// <summary>One index of a dimension, which disappears.</summary>
        public Tensor select(long dim, long index) => Operator.Call("select.int", this, dim, index);

        /// <summary>Parts of a size along a dimension; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0) => Operator.CallList("split.Tensor", this, size, dim);

        /// <summary>Parts of given sizes along a dimension.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Operator.CallList("split_with_sizes", this, sizes, dim);

        /// <summary>A number of parts along a dimension.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Operator.CallList("chunk", this, chunks, dim);

        /// <summary>Every index of a dimension, which disappears.</summary>
        public Tensor[] unbind(long dimension = 0) => Operator.CallList("unbind.int", this, dimension);
    }
}
