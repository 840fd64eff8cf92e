using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>Accuracy and cost of every subnet and of the gated network.</summary>
internal static class AccuracyTable
{
    public static EvaluateAnswer Answer(SupernetGraph graph, AccuracyReport report) => new(
        [.. report.Subnets.Select(score => Score(graph, graph.Subnet(score.Name), score.Top1))],
        [.. report.RoutedAt.Select(routed => new RoutedScore(routed.TargetCost, routed.Top1, routed.MeanMAdds, routed.Shares))]);

    public static void Print(string title, EvaluateAnswer answer)
    {
        var subnets = answer.Subnets.Select<SubnetScore, string[]>(subnet =>
            [subnet.Name, Tables.Percent(subnet.Top1), Tables.Millions(subnet.MAdds), .. answer.Routed.Select(routed => Share(routed, subnet.Name))]);
        var routed = answer.Routed.Select<RoutedScore, string[]>(routed =>
            [RoutedName(routed.TargetCost), Tables.Percent(routed.Top1), Tables.Millions(routed.MeanMAdds), .. answer.Routed.Select(_ => string.Empty)]);
        Tables.Print(title, ["subnet", "top-1 %", "M MAdds", .. answer.Routed.Select(ShareTitle)], subnets.Concat(routed));
    }

    /// <summary>What the gated network is called at an operating point.</summary>
    public static string RoutedName(double? targetCost) => targetCost is { } target ? $"routed at {Tables.Part(target)}" : "routed";

    /// <summary>The title of a column of shares.</summary>
    public static string ShareTitle(RoutedScore routed) => routed.TargetCost is { } target ? $"share % at {Tables.Part(target)}" : "share %";

    /// <summary>The part of the images that goes to a subnet; empty for one that is no candidate.</summary>
    public static string Share(RoutedScore routed, string subnet) =>
        routed.Shares.TryGetValue(subnet, out var share) ? Tables.Percent(100 * share) : string.Empty;

    private static SubnetScore Score(SupernetGraph graph, Subnet subnet, double top1) =>
        new(subnet.Name, subnet.Routable, CostModel.Of(graph, subnet).MAdds, top1);
}
