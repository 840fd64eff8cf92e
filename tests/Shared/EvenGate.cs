using Slimmable.Models;

namespace Slimmable.Tests;

/// <summary>
/// A gate that really chooses. After a few steps of training a gate may send every image one way, and a test of routing would then prove little.
/// New scores are mixed from the old ones so that each has a mean of zero over the golden images and all of them sum to zero for each image: then no
/// candidate can be the largest everywhere.
/// </summary>
internal static class EvenGate
{
    private const string Weight = "gate.slimming.weight";

    /// <summary>The checkpoint with such a gate, and with the golden scores that it gives.</summary>
    public static Checkpoint In(Checkpoint checkpoint)
    {
        var golden = checkpoint.Golden!;
        var candidates = checkpoint.Graph.Gate!.Candidates.Count;
        var mix = MixFor(golden.GateLogits!, golden.Count, candidates);
        var weights = checkpoint.Weights.ToDictionary(pair => pair.Key, pair => pair.Value);
        var inputs = weights[Weight].Length / candidates;
        weights[Weight] = Enumerable.Range(0, candidates * inputs)
            .Select(index => (float)Enumerable.Range(0, candidates).Sum(old => mix[index / inputs, old] * checkpoint.Weights[Weight][(old * inputs) + (index % inputs)]))
            .ToArray();
        var scores = Enumerable.Range(0, golden.Count * candidates)
            .Select(index => (float)Enumerable.Range(0, candidates).Sum(
                old => mix[index % candidates, old] * golden.GateLogits![(index / candidates * candidates) + old]))
            .ToArray();
        return checkpoint with { Weights = weights, Golden = golden with { GateLogits = scores } };
    }

    /// <summary>Row k makes the new score k of the old scores. Rows are scaled so that the new scores spread as far as the old ones.</summary>
    private static double[,] MixFor(float[] scores, int count, int candidates)
    {
        double[] Column(int candidate) => [.. Enumerable.Range(0, count).Select(row => (double)scores[(row * candidates) + candidate])];
        var means = Enumerable.Range(0, candidates).Select(candidate => Column(candidate).Average()).ToArray();
        var spread = Enumerable.Range(0, candidates).Max(candidate => Spread(Column(candidate)));
        var mix = new double[candidates, candidates];
        for (var row = 0; row < candidates - 1; row++)
        {
            var (left, right) = (Column(row), Column(row + 1));
            var scale = spread / Spread([.. left.Zip(right, (l, r) => (l * means[row + 1]) - (r * means[row]))]);
            mix[row, row] = scale * means[row + 1];
            mix[row, row + 1] = -scale * means[row];
        }

        for (var old = 0; old < candidates; old++)
        {
            mix[candidates - 1, old] = -Enumerable.Range(0, candidates - 1).Sum(row => mix[row, old]);
        }

        return mix;
    }

    private static double Spread(double[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));
}
