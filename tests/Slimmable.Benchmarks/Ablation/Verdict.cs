namespace Slimmable.Benchmarks;

/// <summary>
/// Whether two methods differ. They are compared seed by seed: runs of one seed see the same images in the same order. A difference is claimed
/// only where its mean is larger than twice its standard deviation over at least three seeds.
/// </summary>
/// <param name="Difference">Of the pairs, left minus right.</param>
internal readonly record struct Verdict(Spread Difference)
{
    private const int LeastSeeds = 3;

    /// <summary>Compares values that belong together pair by pair.</summary>
    public static Verdict Of(IEnumerable<double> left, IEnumerable<double> right) => new(Spread.Of(left.Zip(right, (first, second) => first - second)));

    /// <summary>Whether the difference is claimed.</summary>
    public bool IsClaimed => Difference.Count >= LeastSeeds && Math.Abs(Difference.Mean) > 2 * Difference.Deviation;

    /// <inheritdoc/>
    public override string ToString()
    {
        var found = Difference.Count == 1 ? $"{Difference.Mean:+0.00;-0.00;0.00}" : $"{Difference.Mean:+0.00;-0.00;0.00} ± {Difference.Deviation:0.00}";
        return IsClaimed ? $"**{found}**" : $"none ({found})";
    }
}
