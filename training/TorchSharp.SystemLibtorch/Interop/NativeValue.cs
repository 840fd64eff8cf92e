using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What a <see cref="NativeValue"/> holds; mirrors the enum of the C++ file.</summary>
internal enum NativeKind
{
    None,
    Tensor,
    TensorList,
    OptionalTensorList,
    Int,
    Double,
    Bool,
    IntList,
    String,
    Generator,
}

/// <summary>One argument or result of an operator, as it crosses to the native side.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public NativeKind Kind;
    public int Count;
    public long Bits;
}
