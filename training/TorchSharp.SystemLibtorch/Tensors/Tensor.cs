using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>PyTorch's functions, on the system's libtorch.</summary>
public static partial class torch
{
    /// <summary>
    /// An array of numbers of one type with any number of dimensions. Made inside a <see cref="DisposeScope"/> it is
    /// disposed with it; otherwise by <see cref="Dispose()"/> or, late, by the garbage collector.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        private nint handle;

        /// <summary>Takes over a native tensor; the null handle makes an invalid one.</summary>
        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            if (handle == 0)
                return;
            peakCount = Math.Max(Interlocked.Increment(ref totalCount), peakCount);
            if (register)
                OwningDisposeScope = DisposeScopeManager.Current.Register(this);
        }

        /// <summary>Releases the tensor where nobody has disposed it.</summary>
        ~Tensor() => Release();

        /// <summary>How many tensor objects are alive in the process.</summary>
        public static long TotalCount => totalCount;

        /// <summary>The most tensor objects that were alive at once.</summary>
        public static long PeakCount => peakCount;

        /// <summary>A name for the reader; libtorch does not know it.</summary>
        public string? name { get; set; }

        /// <summary>Whether the tensor has been disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor has been disposed.</exception>
        [SuppressMessage("Design", "CA1065", Justification = "TorchSharp's throws here, too.")]
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Releases the tensor; its memory goes with the last tensor that shares it.</summary>
        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            Release();
            GC.SuppressFinalize(this);
        }

        /// <summary>Hands the tensor from its scope to the enclosing one, or to nobody; gives it back.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: it is then the caller's to dispose; gives it back.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Whether shape and elements are the same; for identity there is <see cref="object.ReferenceEquals"/>.</summary>
        public bool Equals(Tensor target) => target is not null && Operator.CallBool("equal", this, target);

        /// <inheritdoc cref="Equals(Tensor)"/>
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <summary>A hash of the object, not of its elements.</summary>
        public override int GetHashCode() => base.GetHashCode();

        /// <summary>Element type and shape, such as "[2x3], type = Float32, device = cpu".</summary>
        public override string ToString() =>
            IsInvalid ? "[disposed]" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>The elements, for reading and writing.</summary>
        /// <exception cref="ArgumentException">The tensor's elements are of another type.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element.</summary>
        /// <exception cref="ArgumentException">There is not exactly one element, or it is of another type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        /// <summary>The only element, as a number of any type.</summary>
        public Scalar ToScalar() => Operator.CallScalar("item", this);

        /// <summary>Hands out the native tensor, which this object then no longer owns.</summary>
        [SuppressMessage("Usage", "CA1816", Justification = "Without its native tensor there is nothing left to finalize.")]
        internal nint MoveHandle()
        {
            var moved = Handle;
            handle = 0;
            Interlocked.Decrement(ref totalCount);
            GC.SuppressFinalize(this);
            return moved;
        }

        private void Release()
        {
            if (handle == 0)
                return;
            NativeMethods.st_release(handle);
            handle = 0;
            Interlocked.Decrement(ref totalCount);
        }

        private void ValidateType(Type type)
        {
            if (ElementTypes.GetValueOrDefault(type, (ScalarType)(-1)) != dtype)
                throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }
    }

    internal static readonly Dictionary<Type, ScalarType> ElementTypes = new()
    {
        [typeof(byte)] = ScalarType.Byte,
        [typeof(sbyte)] = ScalarType.Int8,
        [typeof(short)] = ScalarType.Int16,
        [typeof(int)] = ScalarType.Int32,
        [typeof(long)] = ScalarType.Int64,
        [typeof(Half)] = ScalarType.Float16,
        [typeof(float)] = ScalarType.Float32,
        [typeof(double)] = ScalarType.Float64,
        [typeof(bool)] = ScalarType.Bool,
    };
}
