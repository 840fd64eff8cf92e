using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The size of every dimension.</summary>
        public long[] shape => size();

        /// <summary>The element type.</summary>
        public ScalarType dtype => (ScalarType)Alive(NativeMethods.st_dtype(Handle));

        /// <summary>Where the tensor lies.</summary>
        [SuppressMessage("Performance", "CA1822", Justification = "A member of every tensor, though all lie on the processor here.")]
        public Device device => CPU;

        /// <summary>The kind of device the tensor lies on.</summary>
        public DeviceType device_type => device.type;

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => Alive(NativeMethods.st_dim(Handle));

        /// <summary>The number of dimensions.</summary>
        public long ndim => Dimensions;

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Alive(NativeMethods.st_numel(Handle));

        /// <summary>The bytes an element takes.</summary>
        public long ElementSize => Alive(NativeMethods.st_element_size(Handle));

        /// <summary>The elements as bytes in native order.</summary>
        /// <exception cref="InvalidOperationException">The elements do not lie side by side.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("The bytes of a non-contiguous tensor cannot be read; call contiguous() first.");
                return new Span<byte>((void*)DataPointer, checked((int)(NumberOfElements * ElementSize)));
            }

            set
            {
                if (value.Length != NumberOfElements * ElementSize)
                    throw new ArgumentException($"A tensor of {NumberOfElements * ElementSize} bytes was given {value.Length}.");
                value.CopyTo(bytes);
            }
        }

        internal nint DataPointer => Alive(NativeMethods.st_data(Handle));

        /// <summary>The number of dimensions.</summary>
        public long dim() => Dimensions;

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>The bytes an element takes.</summary>
        public long element_size() => ElementSize;

        /// <summary>The size of every dimension.</summary>
        public unsafe long[] size() => Alive(new ReadOnlySpan<long>(NativeMethods.st_sizes(Handle), (int)Dimensions).ToArray());

        /// <summary>The size of one dimension; a negative one counts from the last.</summary>
        public long size(int dim) => Operator.CallScalar("size.int", this, dim).Integer;

        /// <summary>For every dimension, how many elements lie between one index and the next.</summary>
        public unsafe long[] stride() =>
            Alive(new ReadOnlySpan<long>(NativeMethods.st_strides(Handle), (int)Dimensions).ToArray());

        /// <summary>For one dimension, how many elements lie between one index and the next.</summary>
        public long stride(int dim) => Operator.CallScalar("stride.int", this, dim).Integer;

        /// <summary>Where in its memory the tensor starts, in elements.</summary>
        public long storage_offset() => Alive(NativeMethods.st_storage_offset(Handle));

        /// <summary>Whether the elements lie side by side in row-major order.</summary>
        public bool is_contiguous() => Alive(NativeMethods.st_is_contiguous(Handle)) != 0;

        /// <summary>Whether the elements are floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are whole numbers or truth values.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Passes a value on; until it is known, the garbage collector must not take the tensor.</summary>
        private T Alive<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }

    /// <summary>Whether the type is one of floating-point numbers.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether the type is one of whole numbers or truth values.</summary>
    public static bool is_integral(ScalarType type) => type is >= ScalarType.Byte and <= ScalarType.Int64 or ScalarType.Bool;
}
