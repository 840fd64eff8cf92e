using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What weights must keep to go into a file.</summary>
internal static class WeightRules
{
    /// <summary>Refuses weights that folding made overflow, and more than a file can hold.</summary>
    /// <exception cref="SlimmableException">A rule is broken.</exception>
    public static void Check(PlainNetwork network)
    {
        var tensors = network.Nodes.SelectMany(node => node.Tensors).ToList();
        var bytes = tensors.Sum(tensor => (long)tensor.Values.Length * sizeof(float));
        if (bytes > OnnxFormat.MostWeightBytes)
        {
            throw new SlimmableException($"graph '{network.Name}': expected at most {OnnxFormat.MostWeightBytes} bytes of weights, found {bytes}");
        }

        foreach (var tensor in tensors)
        {
            if (Array.FindIndex(tensor.Values, value => !float.IsFinite(value)) is >= 0 and var bad)
            {
                throw new SlimmableException($"graph '{network.Name}', tensor '{tensor.Name}': expected finite numbers, found {tensor.Values[bad]} at element {bad}");
            }
        }
    }
}
