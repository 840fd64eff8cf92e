using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What weights must keep to go into a file.</summary>
internal static class WeightRules
{
    /// <summary>Refuses weights that folding made overflow, or that 16 bits do not hold where a file has them so.</summary>
    /// <exception cref="SlimmableException">A weight is not finite, or beyond its type.</exception>
    public static void Check(PlainNetwork network)
    {
        foreach (var tensor in network.Nodes.SelectMany(node => node.Tensors))
        {
            var isHalf = tensor.Type == PlainType.F16;
            var most = isHalf ? (float)Half.MaxValue : float.MaxValue;
            if (tensor.Values.FirstBad(-most, most) is var (position, value))
            {
                var expected = isHalf ? $"numbers from {-most} to {most}, as float16 holds" : "finite numbers";
                throw new SlimmableException($"graph '{network.Name}', tensor '{tensor.Name}': expected {expected}, found {value} at element {position}");
            }
        }
    }
}
