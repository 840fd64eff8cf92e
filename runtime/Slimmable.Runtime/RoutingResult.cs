namespace Slimmable.Runtime;

/// <summary>What a model answers to a batch of inputs, row by row in their order.</summary>
/// <param name="Count">Rows, N.</param>
/// <param name="Logits"><c>[N, classes]</c>, row-major.</param>
/// <param name="Subnets">By row, the subnet that answered: an index into <see cref="SlimmableModel.Subnets"/>.</param>
/// <param name="GateLogits"><c>[N, candidates]</c>, row-major; empty where the gate did not run.</param>
/// <param name="MAdds">Multiply-adds of all rows together, the gate's head included where it ran.</param>
public sealed record RoutingResult(int Count, float[] Logits, int[] Subnets, float[] GateLogits, long MAdds)
{
    /// <summary>Multiply-adds a row, on the average.</summary>
    public double MeanMAdds => (double)MAdds / Count;

    /// <summary>A row's logits.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> LogitsOf(int row) => RowOf(Logits, row);

    /// <summary>A row's gate scores, by candidate; empty where the gate did not run.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<float> GateLogitsOf(int row) => RowOf(GateLogits, row);

    private ReadOnlySpan<float> RowOf(float[] values, int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        var width = values.Length / Count;
        return values.AsSpan(row * width, width);
    }
}
