namespace Slimmable.Models;

/// <summary>A tensor that can be written, whether it lies in memory or not.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">Outermost first; empty for a scalar.</param>
public abstract record TensorSource(string Name, TensorType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The bytes that are written.</summary>
    public abstract long Length { get; }

    /// <summary>Writes the elements, row-major, little-endian.</summary>
    public abstract void WriteTo(Stream stream);
}

/// <summary>A tensor of 32-bit floats that is read while it is written, a piece at a time.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Shape">Outermost first; empty for a scalar.</param>
/// <param name="Values">The numbers, row-major.</param>
public sealed record StreamedTensor(string Name, IReadOnlyList<long> Shape, TensorValues Values) : TensorSource(Name, TensorType.F32, Shape)
{
    /// <inheritdoc/>
    public override long Length => Values.Count * sizeof(float);

    /// <inheritdoc/>
    public override void WriteTo(Stream stream) => Values.WriteTo(stream);
}
