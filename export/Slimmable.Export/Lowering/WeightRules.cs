using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What weights must keep to go into a file.</summary>
internal static class WeightRules
{
    /// <summary>Refuses weights that folding made overflow.</summary>
    /// <exception cref="SlimmableException">A weight is not finite.</exception>
    public static void Check(PlainNetwork network)
    {
        foreach (var tensor in network.Nodes.SelectMany(node => node.Tensors))
        {
            if (tensor.Values.FirstBad() is var (position, value))
            {
                throw new SlimmableException($"graph '{network.Name}', tensor '{tensor.Name}': expected finite numbers, found {value} at element {position}");
            }
        }
    }
}
