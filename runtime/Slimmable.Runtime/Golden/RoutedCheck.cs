using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>Compares the graph that routes by itself with what the trainer answered.</summary>
internal static class RoutedCheck
{
    /// <summary>
    /// The largest difference of a row's logits from the trainer's for the subnet that answered it; infinite where the trainer's scores would have chosen another.
    /// </summary>
    /// <param name="routed">The graph.</param>
    /// <param name="manifest">Its bundle's.</param>
    /// <param name="input">The golden inputs.</param>
    /// <param name="scores">The gate's golden scores.</param>
    /// <param name="logits">The golden logits of each subnet, as the bundle lists them.</param>
    /// <param name="difference">How far two lists of answers are apart.</param>
    public static float Difference(
        RoutedGraph routed, BundleManifest manifest, ModelInput input, float[] scores, IReadOnlyList<float[]> logits, Func<float[], float[], float> difference)
    {
        var candidates = manifest.Gate!.Candidates.ToList();
        var classes = manifest.Logits.Elements();
        var rows = scores.Length / candidates.Count;
        var (answers, subnets) = routed.Run(input, rows);
        var expected = new float[answers.Length];
        var tie = GoldenReport.DefaultToleranceOf(manifest.Precision); // Scores that are nearer to the largest are as good: rounding may decide between them.
        for (var row = 0; row < rows; row++)
        {
            var own = new ArraySegment<float>(scores, row * candidates.Count, candidates.Count);
            var chosen = candidates.IndexOf(manifest.Subnets[subnets[row]].Name);
            var largest = own.Max();
            if (chosen < 0 || !(own[chosen] >= largest - (tie * Math.Max(1, Math.Abs(largest)))))
            {
                return float.PositiveInfinity;
            }

            logits[subnets[row]].AsSpan(row * classes, classes).CopyTo(expected.AsSpan(row * classes));
        }

        return difference(expected, answers);
    }
}
