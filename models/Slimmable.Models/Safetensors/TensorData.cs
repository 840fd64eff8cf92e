using System.Runtime.InteropServices;

namespace Slimmable.Models;

/// <summary>A tensor in memory, ready to be written.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">Outermost first; empty for a scalar.</param>
/// <param name="Bytes">The elements, row-major, little-endian.</param>
public sealed record TensorData(string Name, TensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes) : TensorSource(Name, Type, Shape)
{
    /// <inheritdoc/>
    public override long Length => Bytes.Length;

    /// <summary>A tensor of 32-bit floats; the values are copied.</summary>
    public static TensorData Of(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> shape) =>
        new(name, TensorType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of 64-bit integers; the values are copied.</summary>
    public static TensorData Of(string name, ReadOnlySpan<long> values, params IReadOnlyList<long> shape) =>
        new(name, TensorType.I64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of bytes; the values are copied.</summary>
    public static TensorData Of(string name, ReadOnlySpan<byte> values, params IReadOnlyList<long> shape) =>
        new(name, TensorType.U8, shape, values.ToArray());

    /// <inheritdoc/>
    public override void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Bytes.Span);
    }
}
