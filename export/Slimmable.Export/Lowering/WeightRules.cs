using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What weights must keep to go into a file.</summary>
internal static class WeightRules
{
    /// <summary>Refuses more weights than a file can hold.</summary>
    /// <param name="name">The graph's.</param>
    /// <param name="networks">What it is made of.</param>
    /// <exception cref="SlimmableException">They are too many.</exception>
    public static void CheckSize(string name, params IEnumerable<PlainNetwork> networks)
    {
        var bytes = networks.SelectMany(network => network.Nodes).SelectMany(node => node.Tensors).Sum(tensor => (long)tensor.Values.Length * sizeof(float));
        if (bytes > OnnxFormat.MostWeightBytes)
        {
            throw new SlimmableException($"graph '{name}': expected at most {OnnxFormat.MostWeightBytes} bytes of weights, found {bytes}");
        }
    }

    /// <summary>Refuses weights that folding made overflow.</summary>
    /// <exception cref="SlimmableException">A weight is not finite.</exception>
    public static void Check(PlainNetwork network)
    {
        foreach (var tensor in network.Nodes.SelectMany(node => node.Tensors))
        {
            if (Array.FindIndex(tensor.Values, value => !float.IsFinite(value)) is >= 0 and var bad)
            {
                throw new SlimmableException($"graph '{network.Name}', tensor '{tensor.Name}': expected finite numbers, found {tensor.Values[bad]} at element {bad}");
            }
        }
    }
}
