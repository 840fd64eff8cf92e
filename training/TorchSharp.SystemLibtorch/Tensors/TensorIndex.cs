namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index expression: a number, a range, a mask, ...; as in Python's x[i, 1:, None].</summary>
    public readonly struct TensorIndex
    {
        private TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            What = kind;
            Start = start;
            Stop = stop;
            Step = step;
            Values = tensor;
        }

        internal enum Kind
        {
            None,
            Single,
            Ellipsis,
            Tensor,
            Slice,
        }

        /// <summary>All of the dimensions that the other positions leave over.</summary>
        public static TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex None = new(Kind.None);

        /// <summary>All of a dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal Kind What { get; }

        internal long? Start { get; }

        internal long? Stop { get; }

        internal long? Step { get; }

        internal Tensor? Values { get; }

        /// <summary>How many dimensions of the tensor the position uses up; a mask uses as many as it has.</summary>
        internal long Taken => What switch
        {
            Kind.None or Kind.Ellipsis => 0,
            Kind.Tensor when Values!.dtype == ScalarType.Bool => Values.Dimensions,
            _ => 1,
        };

        /// <summary>One index; the dimension disappears. A negative one counts from the end.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A range of a dimension.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>A range of a dimension, from start (included) to stop (excluded) in steps.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(Kind.Slice, start, stop, step);

        /// <summary>A range of a dimension.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>One index; the dimension disappears.</summary>
        public static TensorIndex Single(long? index) => new(Kind.Single, index);

        /// <summary>A tensor of indices, or a mask.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);
    }
}
