using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The part an index expression names; setting overwrites it.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements that tensors of indices, or a mask, pick; setting overwrites them.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One index of the first dimension, which disappears.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put(select(0, i1), value);
        }

        /// <summary>One index each of the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        /// <summary>One index each of the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        /// <summary>One index each of the first four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }

        /// <summary>The part an index expression names.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = Resolve(indices);
            if (tensors is null)
                return view;
            using (view)
                return view.index(tensors);
        }

        /// <summary>The elements that tensors of indices, or a mask, pick.</summary>
        public Tensor index(params Tensor[] indices) => Operator.Call("index.Tensor", this, Argument.Optionals(indices));

        /// <summary>Overwrites the part an index expression names.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, tensors) = Resolve(indices);
            using (view)
            {
                if (tensors is null)
                    view.copy_(value);
                else
                    view.index_put_(value, tensors);
            }

            return this;
        }

        /// <summary>Overwrites the elements that tensors of indices, or a mask, pick.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            Operator.CallInPlace("index_put_", this, Argument.Optionals(indices), value, false);

        /// <summary>The given indices of a dimension.</summary>
        public Tensor index_select(long dim, Tensor index) => Operator.Call("index_select", this, dim, index);

        /// <summary>For every element of the index, the element at it along a dimension.</summary>
        public Tensor gather(long dim, Tensor index) => Operator.Call("gather", this, dim, index, false);

        /// <summary>A copy where, for every element of the index, src's element lies at it along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Operator.Call("scatter.src", this, dim, index, src);

        /// <summary>For every element of the index, puts src's element at it along a dimension.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Operator.CallInPlace("scatter_.src", this, dim, index, src);

        /// <summary>A copy where, for every element of the index, src's element is added at it along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Operator.Call("scatter_add", this, dim, index, src);

        /// <summary>For every element of the index, adds src's element at it along a dimension.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Operator.CallInPlace("scatter_add_", this, dim, index, src);

        /// <summary>A copy with a number where the mask holds.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Operator.Call("masked_fill.Scalar", this, mask, value);

        /// <summary>Puts a number where the mask holds.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => Operator.CallInPlace("masked_fill_.Scalar", this, mask, value);

        /// <summary>The elements where the mask holds, in a row.</summary>
        public Tensor masked_select(Tensor mask) => Operator.Call("masked_select", this, mask);

        /// <summary>The indices of the elements that are not zero, a row for each.</summary>
        public Tensor nonzero() => Operator.Call("nonzero", this);

        /// <summary>The order turned around along dimensions.</summary>
        public Tensor flip(params long[] dims) => Operator.Call("flip", this, dims);

        /// <summary>The elements shifted along a dimension, those pushed out coming back in.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            Operator.Call("roll", this, (long[])[shifts], dims is { } dim ? (long[])[dim] : (long[])[]);

        /// <summary>The elements shifted along dimensions, those pushed out coming back in.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Operator.Call("roll", this, shifts, dims);

        /// <summary>Copies laid side by side, so many along every dimension.</summary>
        public Tensor repeat(params long[] sizes) => Operator.Call("repeat", this, sizes);

        /// <summary>Every element repeated, along a dimension or flattened.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Operator.Call("repeat_interleave.self_int", this, repeats, dim, output_size);

        private static void Put(Tensor view, Tensor value)
        {
            using (view)
                view.copy_(value);
        }

        /// <summary>Splits an expression into a view and, where it has any, the tensors to index that view by.</summary>
        private (Tensor View, Tensor[]? Tensors) Resolve(TensorIndex[] indices)
        {
            var left = Dimensions - indices.Sum(index => index.Taken);
            var view = alias();
            var dim = 0L;
            var slots = new List<Tensor?>();
            foreach (var index in indices)
            {
                switch (index.What)
                {
                    case TensorIndex.Kind.Ellipsis:
                        slots.AddRange(Enumerable.Repeat<Tensor?>(null, (int)left));
                        dim += left;
                        break;
                    case TensorIndex.Kind.None:
                        Replace(ref view, view.unsqueeze(dim++));
                        slots.Add(null);
                        break;
                    case TensorIndex.Kind.Single:
                        Replace(ref view, view.select(dim, index.Start ?? 0));
                        break;
                    case TensorIndex.Kind.Slice:
                        Replace(ref view, Operator.Call("slice.Tensor", view, dim++, index.Start, index.Stop, index.Step ?? 1));
                        slots.Add(null);
                        break;
                    default:
                        slots.Add(index.Values);
                        dim += index.Taken;
                        break;
                }
            }

            return (view, slots.Exists(slot => slot is not null) ? [.. slots!] : null);

            static void Replace(ref Tensor view, Tensor next)
            {
                view.Dispose();
                view = next;
            }
        }
    }
}
