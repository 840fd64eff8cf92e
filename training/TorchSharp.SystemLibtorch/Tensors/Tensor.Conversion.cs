using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor with elements of another type; shares memory where the type is the same.</summary>
        public Tensor to(ScalarType type) => to_type(type);

        /// <summary>The tensor on another device; shares memory where the device is the same.</summary>
        public Tensor to(Device device)
        {
            InitializeDevice(device);
            return alias();
        }

        /// <summary>The tensor with elements of another type, on another device.</summary>
        public Tensor to(ScalarType type, Device device)
        {
            InitializeDevice(device);
            return to_type(type);
        }

        /// <summary>The tensor with the element type of another.</summary>
        public Tensor to(Tensor other) => to_type(other.dtype);

        /// <summary>The tensor with elements of another type; shares memory where the type is the same and no copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false) =>
            Operator.Call("to.dtype", this, type, false, copy, Argument.None);

        /// <summary>The tensor with the element type of another.</summary>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>The tensor as truth values.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>The tensor as unsigned 8-bit integers.</summary>
        public Tensor @byte() => to_type(ScalarType.Byte);

        /// <summary>The tensor as 32-bit integers.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>The tensor as 64-bit integers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>The tensor in single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>The tensor in double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>The tensor in processor memory.</summary>
        public Tensor cpu() => alias();

        /// <summary>Another object for the same tensor.</summary>
        public Tensor alias() => new(Alive(NativeMethods.st_share(Handle)));

        /// <summary>A copy with memory of its own; gradients flow through it.</summary>
        public Tensor clone() => Operator.Call("clone", this, Argument.None);

        /// <summary>The tensor with its elements side by side; shares memory where they already are.</summary>
        public Tensor contiguous() => Operator.Call("contiguous", this, 0L);

        /// <summary>Overwrites the elements with those of a source of a shape that broadcasts to this one's.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Operator.CallInPlace("copy_", this, source, nonBlocking);
    }
}
