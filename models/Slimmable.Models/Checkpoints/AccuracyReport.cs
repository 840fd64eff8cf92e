namespace Slimmable.Models;

/// <summary>A subnet's accuracy.</summary>
/// <param name="Name">The subnet.</param>
/// <param name="Top1">Percent of the test images whose largest logit is their label's.</param>
public sealed record SubnetAccuracy(string Name, double Top1);

/// <summary>The accuracy of the gated network.</summary>
/// <param name="Top1">Percent.</param>
/// <param name="MeanMAdds">Multiply-adds an image, on the average, the gate's head included.</param>
/// <param name="Shares">The part of the images that each candidate took, by name; sums to 1.</param>
public sealed record RoutedAccuracy(double Top1, double MeanMAdds, IReadOnlyDictionary<string, double> Shares);

/// <summary>What was measured on a test set when a checkpoint was made.</summary>
/// <param name="Images">How many test images.</param>
/// <param name="Subnets">Every subnet, in the graph's order.</param>
/// <param name="Routed">The gated network, where there is a gate.</param>
public sealed record AccuracyReport(int Images, IReadOnlyList<SubnetAccuracy> Subnets, RoutedAccuracy? Routed)
{
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

        if (Routed is not { } routed)
        {
            yield break;
        }

        if (routed.Top1 is not (>= 0 and <= 100))
        {
            yield return $"accuracy.routed.top1: expected a percentage, found {routed.Top1}";
        }

        if (routed.MeanMAdds is not (>= 0 and < double.PositiveInfinity))
        {
            yield return $"accuracy.routed.meanMAdds: expected from 0 up, found {routed.MeanMAdds}";
        }

        var candidates = graph.Gate?.Candidates ?? [];
        foreach (var (name, share) in routed.Shares.Where(pair => !candidates.Contains(pair.Key) || pair.Value is not (>= 0 and <= 1)))
        {
            yield return $"accuracy.routed.shares: expected candidates with parts in 0..1, found '{name}' with {share}";
        }
    }
}
