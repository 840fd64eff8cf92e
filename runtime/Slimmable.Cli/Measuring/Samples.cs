using System.Runtime.InteropServices;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>What enters a graph.</summary>
/// <param name="Data">The numbers as they lie in memory.</param>
/// <param name="Shape">Outermost first.</param>
internal sealed record Samples(byte[] Data, IReadOnlyList<long> Shape)
{
    /// <summary>One row of zeros.</summary>
    public static Samples Zeros(BundleTensor tensor) => new(
        new byte[tensor.Shape.Aggregate(tensor.NumberType == NumberType.U8 ? 1 : sizeof(float), (bytes, length) => checked(bytes * length))], [1, .. tensor.Shape]);

    /// <summary>What another graph gave.</summary>
    public static Samples Of(GraphOutput output) => new(MemoryMarshal.AsBytes(output.Values.AsSpan()).ToArray(), output.Shape);
}
