using Slimmable.Models;

namespace Slimmable.Tests;

/// <summary>
/// A gate that really chooses. After a few steps of training a gate may send every image one way, and a test of routing would then prove little.
/// </summary>
/// <remarks>
/// The new scores follow z, the difference of two old scores with the mean 0 and the deviation 1 over the golden images: score k is the tangent of
/// z^2 / 2 at a place t of its own, <c>t * z - t^2 / 2</c>, and so the largest where z is nearest to t. The places are even between -1 and 1.
/// </remarks>
internal static class EvenGate
{
    /// <summary>The checkpoint with such a gate, and with the golden scores that it gives.</summary>
    public static Checkpoint In(Checkpoint checkpoint)
    {
        var graph = checkpoint.Graph.WithGateBias();
        var golden = checkpoint.Golden!;
        var count = graph.Gate!.Candidates.Count;
        var weight = graph.TensorsOf(graph.GateScores()).Single(spec => spec.Role == TensorRole.Weight).Name;
        var bias = graph.GateBias().Name;
        var places = Enumerable.Range(0, count).Select(candidate => ((2.0 * candidate) / (count - 1)) - 1).ToArray();
        var old = golden.GateLogits!.Chunk(count).ToList();
        var (plus, minus) = Widest(old, count);
        var differences = old.Select(scores => (double)scores[plus] - scores[minus]).ToList();
        var (mean, deviation) = (differences.Average(), Deviation(differences));

        var rows = checkpoint.Weights[weight].Chunk(checkpoint.Weights[weight].Length / count).ToList();
        var oldBias = checkpoint.Weights.GetValueOrDefault(bias) ?? new float[count];
        var weights = checkpoint.Weights.ToDictionary(pair => pair.Key, pair => pair.Value);
        weights[weight] = [.. places.SelectMany(t => rows[plus].Zip(rows[minus], (p, m) => (float)(t * ((double)p - m) / deviation)))];
        weights[bias] = [.. places.Select(t => (float)((t * ((double)oldBias[plus] - oldBias[minus] - mean) / deviation) - (t * t / 2)))];
        var scores = differences.SelectMany(difference => places.Select(t => (float)((t * (difference - mean) / deviation) - (t * t / 2))));
        return checkpoint with { Graph = graph, Weights = weights, Golden = golden with { GateLogits = [.. scores] } };
    }

    /// <summary>The two candidates whose scores' difference spreads the most.</summary>
    private static (int Plus, int Minus) Widest(List<float[]> scores, int count) =>
        Enumerable.Range(0, count).SelectMany(plus => Enumerable.Range(0, plus).Select(minus => (plus, minus)))
            .MaxBy(pair => Deviation([.. scores.Select(row => (double)row[pair.plus] - row[pair.minus])]));

    private static double Deviation(List<double> values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));
}
