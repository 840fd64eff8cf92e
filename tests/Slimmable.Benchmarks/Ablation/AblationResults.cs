using System.Text.Json;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Benchmarks;

/// <summary>A width of the architecture.</summary>
/// <param name="Name">The subnet.</param>
/// <param name="MAdds">Multiply-adds an image, without a gate.</param>
internal sealed record WidthCost(string Name, long MAdds);

/// <summary>A width as a method trained it.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Width">The subnet.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Top1">Percent right of the test images.</param>
internal sealed record WidthScore(string Method, string Width, long Seed, double Top1);

/// <summary>A gate on the test images, and what others reach at its mean cost on the same supernet.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Target">The mean cost it was to keep, as a part of the widest's.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Top1">Percent right.</param>
/// <param name="MeanCost">The mean cost that it has, the gate's own included, as a part of the widest's.</param>
/// <param name="Shares">The part of the images that each width takes.</param>
/// <param name="WithoutGate">Percent right of random routing at that cost.</param>
/// <param name="BestWidth">Percent right of the best single width that costs no more.</param>
/// <param name="Oracle">Percent right of the best choice there is at that cost.</param>
internal sealed record GateScore(
    string Method,
    double Target,
    long Seed,
    double Top1,
    double MeanCost,
    IReadOnlyDictionary<string, double> Shares,
    double WithoutGate,
    double BestWidth,
    double Oracle)
{
    /// <summary>How far the mean cost is from the target, as a part of the target.</summary>
    public double CostError => (MeanCost - Target) / Target;

    /// <summary>Widths that take at least one image of a hundred.</summary>
    public int WidthsInUse => Shares.Values.Count(share => share >= 0.01);
}

/// <summary>The choice of one that knows the labels, on an IEB supernet.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Top1">Percent right.</param>
/// <param name="MeanCost">The mean cost, as a part of the widest's.</param>
internal sealed record OracleScore(long Seed, double Top1, double MeanCost);

/// <summary>Everything that the ablation measured.</summary>
/// <param name="DataSet">The data set.</param>
/// <param name="TestImages">How many images the percentages are of.</param>
/// <param name="Architecture">The preset.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Widths">The widths, from cheap to dear.</param>
/// <param name="GateMAdds">What the gate adds to each of them.</param>
/// <param name="Scores">Of widths.</param>
/// <param name="Gates">Of gates.</param>
/// <param name="Oracles">Of those that know.</param>
internal sealed record AblationResults(
    string DataSet,
    int TestImages,
    string Architecture,
    IReadOnlyList<long> Seeds,
    IReadOnlyList<WidthCost> Widths,
    long GateMAdds,
    IReadOnlyList<WidthScore> Scores,
    IReadOnlyList<GateScore> Gates,
    IReadOnlyList<OracleScore> Oracles)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    /// <summary>The percentages of a method at a width, one for each seed.</summary>
    public IEnumerable<double> Top1(Method method, string width) =>
        Seeds.Select(seed => Scores.Single(score => score.Method == method.Name && score.Width == width && score.Seed == seed).Top1);

    /// <summary>The gates of a method at a target, one for each seed.</summary>
    public IReadOnlyList<GateScore> GatesOf(Method method, double target) =>
        [.. Seeds.Select(seed => Gates.Single(gate => gate.Method == method.Name && gate.Target == target && gate.Seed == seed))];

    /// <summary>Reads them from the checkpoints of a plan's runs, which are all complete.</summary>
    public static AblationResults Collect(AblationPlan plan, DataSet data, RunFolder folder)
    {
        var graph = Architectures.Build(plan.Recipe.Architecture, data.Shape);
        var widths = graph.Routable.Select(subnet => new WidthCost(subnet.Name, CostModel.Of(graph, subnet).MAdds)).ToList();
        var accuracies = plan.Runs.ToDictionary(run => run, run => Checkpoint.Read(folder.CheckpointOf(run.Name)).Info.Accuracy!);
        var answers = plan.Runs.Where(run => run.Method == Method.Ieb)
            .ToDictionary(run => run.Seed, run => WidthAnswers.Of(Checkpoint.Read(folder.CheckpointOf(run.Name)), data));
        GateScore ScoreOf(PlannedRun run)
        {
            var (routed, asked) = (accuracies[run].Routed!, answers[run.Seed]);
            var cost = routed.MeanMAdds;
            return new(
                run.Method.Name,
                run.Target!.Value,
                run.Seed,
                routed.Top1,
                cost / widths[^1].MAdds,
                routed.Shares,
                asked.WithoutGate(cost),
                asked.BestWidth(cost),
                asked.Oracle(cost).Top1);
        }

        return new(
            data.Name,
            data.Test.Count,
            graph.Name,
            plan.Seeds,
            widths,
            CostModel.OfGate(graph, graph.Gate!).MAdds,
            [
                .. plan.Runs.Where(run => run.Target is null)
                    .SelectMany(run => accuracies[run].Subnets.Select(subnet => new WidthScore(run.Method.Name, subnet.Name, run.Seed, subnet.Top1))),
            ],
            [.. plan.Runs.Where(run => run.Target is not null).Select(ScoreOf)],
            [.. answers.Select(pair => (pair.Key, Best: pair.Value.Oracle())).Select(pair => new OracleScore(pair.Key, pair.Best.Top1, pair.Best.MeanCost / widths[^1].MAdds))]);
    }
}
