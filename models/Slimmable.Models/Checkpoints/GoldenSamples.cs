namespace Slimmable.Models;

/// <summary>What the trainer itself answers on a few inputs, so that an export can be proved without it.</summary>
/// <param name="Count">Images, N.</param>
/// <param name="Input"><c>[N, C, H, W]</c>, row-major.</param>
/// <param name="Logits"><c>[N, classes]</c> by subnet name.</param>
/// <param name="GateLogits"><c>[N, candidates]</c>, or null where there is no gate.</param>
public sealed record GoldenSamples(int Count, float[] Input, IReadOnlyDictionary<string, float[]> Logits, float[]? GateLogits)
{
    /// <summary>The samples as tensors.</summary>
    /// <param name="graph">The graph they belong to.</param>
    /// <param name="prefix">What stands before <c>input</c>, <c>logits.NAME</c> and <c>gate_logits</c> in the names.</param>
    /// <param name="subnets">Which subnets' logits; the others are left out.</param>
    public IEnumerable<TensorData> ToTensors(SupernetGraph graph, string prefix, IEnumerable<Subnet> subnets)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(subnets);
        var channels = graph.Axis(graph.Input.Channels).Largest;
        yield return TensorData.Of($"{prefix}input", Input.AsSpan(), Count, channels, graph.Input.Height, graph.Input.Width);
        foreach (var subnet in subnets)
        {
            yield return TensorData.Of($"{prefix}logits.{subnet.Name}", Logits[subnet.Name].AsSpan(), Count, graph.Classes);
        }

        if (GateLogits is not null)
        {
            yield return TensorData.Of($"{prefix}gate_logits", GateLogits.AsSpan(), Count, GateLogits.Length / Count);
        }
    }

    internal IEnumerable<string> FaultsFor(SupernetGraph graph)
    {
        const string Prefix = CheckpointFormat.GoldenPrefix;
        if (Count < 1)
        {
            return [$"tensor '{Prefix}input': expected at least one image"];
        }

        int[] input = [Count, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
        return
        [
            .. CheckpointRules.NumberFaults($"{Prefix}input", Input, input),
            .. graph.Subnets.SelectMany(subnet =>
                CheckpointRules.NumberFaults($"{Prefix}logits.{subnet.Name}", Logits.GetValueOrDefault(subnet.Name), [Count, graph.Classes])),
            .. graph.Gate is { } gate ? CheckpointRules.NumberFaults($"{Prefix}gate_logits", GateLogits, [Count, gate.Candidates.Count]) : [],
        ];
    }
}
