namespace Slimmable.Benchmarks;

/// <summary>Mean and spread of one number over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation of the sample (n - 1); NaN for a single value.</param>
/// <param name="Count">How many values, at least 1.</param>
internal readonly record struct Spread(double Mean, double Deviation, int Count)
{
    /// <summary>Of some values.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Average();
        var deviation = all.Length == 1 ? double.NaN : Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1));
        return new(mean, deviation, all.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? $"{Mean:0.00}" : $"{Mean:0.00} ± {Deviation:0.00}";
}
