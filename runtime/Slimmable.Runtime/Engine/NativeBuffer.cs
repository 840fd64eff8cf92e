using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>Rows of a tensor in native memory, where the garbage collector does not move them between one graph and the next.</summary>
internal sealed unsafe class NativeBuffer : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>A cache line, and the widest vector register.</summary>
    private const int Alignment = 64;

    private readonly long rowBytes;

    /// <summary>Allocates; the content is undefined.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="tensor">What they are rows of.</param>
    public NativeBuffer(int rows, BundleTensor tensor)
        : base(ownsHandle: true)
    {
        rowBytes = tensor.RowBytes();
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)rows * (nuint)rowBytes, Alignment));
    }

    /// <summary>Where the first row lies.</summary>
    public nint Address => handle;

    /// <summary>A row of floats.</summary>
    public ReadOnlySpan<float> Row(int index) => new((float*)Of(handle, index), (int)(rowBytes / sizeof(float)));

    /// <summary>Copies a row from elsewhere.</summary>
    /// <param name="source">Where such rows lie one after the other.</param>
    /// <param name="row">Which of them.</param>
    /// <param name="index">Where it goes here.</param>
    public void Copy(nint source, int row, int index) => NativeMemory.Copy(Of(source, row), Of(handle, index), (nuint)rowBytes);

    private void* Of(nint rows, int index) => (void*)(rows + (index * (nint)rowBytes));

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
