using System.Collections;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor in processor memory, in row-major order whatever its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private torch.Tensor? tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
    }

    /// <summary>The number of elements.</summary>
    public long Count => tensor?.NumberOfElements ?? 0;

    /// <summary>False: elements can be set.</summary>
    public bool IsReadOnly => false;

    private unsafe T* Data => (T*)(tensor ?? throw new ObjectDisposedException(nameof(TensorAccessor<>))).DataPointer;

    /// <summary>The element at an index per dimension; reading also takes a row-major position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside.</exception>
    public unsafe T this[params long[] indices]
    {
        get => Data[indices.Length == 1 ? Offset(indices[0]) : Offset(indices)];
        set => Data[Offset(indices)] = value;
    }

    /// <summary>All elements in row-major order.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>Copies elements from row-major position <paramref name="tensorIndex"/> on, as many as there are and fit.</summary>
    public unsafe void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(array.Length - arrayIndex, Count - tensorIndex);
        if (contiguous)
            new Span<T>(Data + tensorIndex, checked((int)count)).CopyTo(array.AsSpan(arrayIndex));
        else
            for (var i = 0L; i < count; i++)
                array[arrayIndex + i] = Data[Offset(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    /// <summary>Overwrites elements from row-major position <paramref name="tensorIndex"/> on.</summary>
    public unsafe void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = Math.Min(array.Length - arrayIndex, Count - tensorIndex);
        for (var i = 0L; i < count; i++)
            Data[contiguous ? tensorIndex + i : Offset(tensorIndex + i)] = array[arrayIndex + i];
        GC.KeepAlive(tensor);
    }

    /// <summary>All elements in row-major order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
            yield return this[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets go of the tensor, which lives on.</summary>
    public void Dispose() => tensor = null;

    private long Offset(long[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length, shape.Length);
        var offset = 0L;
        for (var i = 0; i < shape.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(indices[i]);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(indices[i], shape[i]);
            offset += indices[i] * strides[i];
        }

        return offset;
    }

    private long Offset(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Count);
        if (contiguous)
            return position;
        var offset = 0L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            position = Math.DivRem(position, shape[i], out var index);
            offset += index * strides[i];
        }

        return offset;
    }
}
