namespace Slimmable.Benchmarks.Tests.Ablation;

public class VerdictTests
{
    [Fact]
    public void A_spread_is_the_samples()
    {
        var spread = Spread.Of([1, 2, 4.5]);

        Assert.Equal(2.5, spread.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(3.25), spread.Deviation, 1e-12);
        Assert.Equal("2.50 ± 1.80", $"{spread}");
        Assert.Equal("7.00", $"{Spread.Of([7])}");
    }

    [Theory]
    [InlineData("1.0 1.2 1.4", true, "**+1.20 ± 0.20**")]
    [InlineData("-1.0 -1.2 -1.4", true, "**-1.20 ± 0.20**")]
    [InlineData("0.1 0.4 0.7", false, "none (+0.40 ± 0.30)")]
    [InlineData("0.25 0.5 0.75", false, "none (+0.50 ± 0.25)")] // Twice the spread, not larger.
    [InlineData("0 0 0", false, "none (0.00 ± 0.00)")]
    [InlineData("1.0 1.0", false, "none (+1.00 ± 0.00)")] // Two seeds tell nothing.
    [InlineData("1.0", false, "none (+1.00)")]
    public void A_difference_is_claimed_only_if_it_is_larger_than_twice_its_spread_over_three_seeds(string differences, bool claimed, string text)
    {
        double[] values = [.. differences.Split(' ').Select(double.Parse)];
        double[] right = [.. values.Select((_, index) => index * 64.0)];

        // Methods move together from seed to seed; what counts is how far apart they are.
        var verdict = Verdict.Of(values.Zip(right, (difference, other) => difference + other), right);

        Assert.Equal((claimed, text), (verdict.IsClaimed, $"{verdict}"));
    }
}
