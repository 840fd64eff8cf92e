using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slimmable.Runtime;

/// <summary>Rows of floats in native memory, where the garbage collector does not move them between one graph and the next.</summary>
internal sealed unsafe class NativeBuffer : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>A cache line, and the widest vector register.</summary>
    private const int Alignment = 64;

    private readonly int rowLength;

    /// <summary>Allocates; the content is undefined.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="rowLength">Floats in each.</param>
    public NativeBuffer(int rows, int rowLength)
        : base(ownsHandle: true)
    {
        this.rowLength = rowLength;
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)rows * (nuint)rowLength * sizeof(float), Alignment));
    }

    /// <summary>Where the first row lies.</summary>
    public nint Address => handle;

    /// <summary>A row.</summary>
    public Span<float> Row(int index) => new((float*)handle + ((nint)index * rowLength), rowLength);

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
