using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>Accuracy and cost of every subnet and of the gated network.</summary>
internal static class AccuracyTable
{
    public static EvaluateAnswer Answer(SupernetGraph graph, AccuracyReport report) => new(
        [.. report.Subnets.Select(score => Score(graph, graph.Subnet(score.Name), score.Top1))],
        report.Routed is { } routed ? new RoutedScore(routed.Top1, routed.MeanMAdds, routed.Shares) : null);

    public static void Print(string title, EvaluateAnswer answer)
    {
        var rows = answer.Subnets.Select<SubnetScore, string[]>(subnet =>
            [subnet.Name, Tables.Percent(subnet.Top1), Tables.Millions(subnet.MAdds), Share(answer.Routed, subnet.Name)]);
        if (answer.Routed is { } routed)
        {
            rows = rows.Append(["routed", Tables.Percent(routed.Top1), Tables.Millions(routed.MeanMAdds), string.Empty]);
        }

        Tables.Print(title, ["subnet", "top-1 %", "M MAdds", "share %"], rows);
    }

    public static string Share(RoutedScore? routed, string subnet) =>
        routed is not null && routed.Shares.TryGetValue(subnet, out var share) ? Tables.Percent(100 * share) : string.Empty;

    private static SubnetScore Score(SupernetGraph graph, Subnet subnet, double top1) =>
        new(subnet.Name, subnet.Routable, CostModel.Of(graph, subnet).MAdds, top1);
}
