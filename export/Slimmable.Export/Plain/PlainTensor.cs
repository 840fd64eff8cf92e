using System.Runtime.InteropServices;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>A weight as the graph file will hold it.</summary>
/// <param name="Name">The node's name and the weight's part in it, e.g. <c>stem.conv.weight</c>.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Values">Row-major. They are made anew each time they are read: take them as an array once, and only where they must be changed.</param>
internal sealed record PlainTensor(string Name, IReadOnlyList<int> Shape, TensorValues Values)
{
    /// <summary>A weight in memory.</summary>
    public PlainTensor(string name, IReadOnlyList<int> shape, float[] values)
        : this(name, shape, TensorValues.Of(values))
    {
    }

    /// <summary>What the file has them as: 32-bit floats, or 16-bit ones, to which they are rounded as they are written.</summary>
    public PlainType Type { get; init; }

    /// <summary>How many bytes it takes in a file.</summary>
    public long Bytes => Values.Count * (Type == PlainType.F16 ? sizeof(ushort) : sizeof(float));

    /// <summary>Writes these bytes, a piece at a time.</summary>
    public void WriteTo(Stream stream)
    {
        if (Type == PlainType.F16)
        {
            Values.Visit((_, piece) => WriteHalves(stream, piece));
        }
        else
        {
            Values.WriteTo(stream);
        }
    }

    private static void WriteHalves(Stream stream, ReadOnlySpan<float> numbers)
    {
        var halves = new Half[numbers.Length];
        for (var index = 0; index < halves.Length; index++)
        {
            halves[index] = (Half)numbers[index];
        }

        stream.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
    }
}
