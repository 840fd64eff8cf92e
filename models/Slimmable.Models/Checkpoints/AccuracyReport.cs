using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>A subnet's accuracy.</summary>
/// <param name="Name">The subnet.</param>
/// <param name="Top1">Percent of the test images whose largest logit is their label's.</param>
public sealed record SubnetAccuracy(string Name, double Top1);

/// <summary>The accuracy of the gated network at one setting of its gate.</summary>
/// <param name="Top1">Percent.</param>
/// <param name="MeanMAdds">Multiply-adds an image, on the average, the gate's head included.</param>
/// <param name="Shares">The part of the images that each candidate took, by name; sums to 1.</param>
/// <param name="TargetCost">The operating point's target; null for a gate that was trained to none.</param>
public sealed record RoutedAccuracy(double Top1, double MeanMAdds, IReadOnlyDictionary<string, double> Shares, double? TargetCost);

/// <summary>What was measured on a test set when a checkpoint was made.</summary>
/// <param name="Images">How many test images.</param>
/// <param name="Subnets">Every subnet, in the graph's order.</param>
/// <param name="RoutedAt">The gated network at each of its operating points, the gate's own first; empty where there is no gate.</param>
public sealed record AccuracyReport(int Images, IReadOnlyList<SubnetAccuracy> Subnets, IReadOnlyList<RoutedAccuracy> RoutedAt)
{
    /// <summary>The gated network as the gate's scores are, where there is a gate.</summary>
    [JsonIgnore]
    public RoutedAccuracy? Routed => RoutedAt.Count == 0 ? null : RoutedAt[0];

    internal IEnumerable<string> FaultsFor(SupernetGraph graph)
    {
        if (Images < 1)
        {
            yield return $"accuracy.images: expected at least 1, found {Images}";
        }

        var known = graph.Subnets.Select(subnet => subnet.Name).ToHashSet();
        foreach (var subnet in Subnets.Where(subnet => subnet is null || !known.Contains(subnet.Name) || subnet.Top1 is not (>= 0 and <= 100)))
        {
            var found = subnet is null ? "null" : $"'{subnet.Name}' with {subnet.Top1}";
            yield return $"accuracy.subnets: expected subnets of the graph with percentages, found {found}";
        }

        foreach (var fault in RoutedAt.Index().SelectMany(pair => FaultsOf($"accuracy.routedAt[{pair.Index}]", pair.Item, graph.Gate?.Candidates ?? [])))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOf(string field, RoutedAccuracy? routed, IReadOnlyList<string> candidates)
    {
        if (routed is null)
        {
            yield return $"{field}: found null in the list";
            yield break;
        }

        if (routed.Top1 is not (>= 0 and <= 100))
        {
            yield return $"{field}.top1: expected a percentage, found {routed.Top1}";
        }

        if (routed.MeanMAdds is not (>= 0 and < double.PositiveInfinity))
        {
            yield return $"{field}.meanMAdds: expected from 0 up, found {routed.MeanMAdds}";
        }

        if (routed.TargetCost is not (null or (> 0 and <= 1)))
        {
            yield return $"{field}.targetCost: expected above 0 and at most 1, found {routed.TargetCost}";
        }

        foreach (var (name, share) in routed.Shares.Where(pair => !candidates.Contains(pair.Key) || pair.Value is not (>= 0 and <= 1)))
        {
            yield return $"{field}.shares: expected candidates with parts in 0..1, found '{name}' with {share}";
        }
    }
}
