using System.Globalization;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Collects what a report shows.</summary>
public static class ReportCollector
{
    private const int BatchSize = 250;

    // Together with the page itself these keep a report below 3 MB, whatever the data and however long the run.
    internal const int MostPixels = 1_200_000;
    private const int MostEpochs = 200;
    private const int LongestRecipe = 1 << 15;

    /// <summary>The steps that progress is told of while it collects.</summary>
    /// <param name="data">The data set.</param>
    public static int StepsFor(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return (data.Test.Count + BatchSize - 1) / BatchSize;
    }

    /// <summary>Runs the network on the test set and puts together what is known of it.</summary>
    /// <param name="supernet">The network; nothing in it changes.</param>
    /// <param name="info">Where it comes from; its accuracy is that on the data set.</param>
    /// <param name="data">The data set.</param>
    /// <param name="metrics">The run's metrics; none where they are not at hand.</param>
    /// <param name="progress">Told after each of <see cref="StepsFor"/>.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ArgumentException">No accuracy is given.</exception>
    public static ReportData Collect(
        Supernet supernet,
        CheckpointInfo info,
        DataSet data,
        IReadOnlyList<MetricsLine> metrics,
        Action? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        var accuracy = info.Accuracy ?? throw new ArgumentException("expected the accuracy on the data set, found none", nameof(info));
        var graph = supernet.Graph;
        var batches = new BatchSource(data.Test, info.Preprocessing ?? data.Preprocessing, BatchSize);
        var chooser = new PictureChooser(graph, TestAnswers.Of(supernet, batches, progress, cancellation), data.Test.Labels, info.Labels ?? data.Labels);
        var strips = chooser.Strips();
        var last = metrics.Count > 0 ? metrics[^1] : null;
        return new ReportData
        {
            Name = NameIn(info.Recipe) ?? graph.Name,
            Architecture = graph.Name,
            Test = new ReportedTest(data.Name, accuracy.Images, graph.Classes, data.Test.Channels, data.Test.Height, data.Test.Width),
            Widths = [.. accuracy.Subnets.Select(score => Width(graph, graph.Subnet(score.Name), score.Top1))],
            Points = [.. accuracy.RoutedAt.Select(routed => Point(graph.Gate!, routed))],
            Epochs = Evenly.Take([.. metrics.Where(line => line.Epoch is not null)], MostEpochs),
            Pictures = PictureTable.Of(data.Test, chooser.Images, MostPixels),
            Strips = strips,
            Recipe = info.Recipe is { Length: > LongestRecipe } recipe ? recipe[..LongestRecipe] : info.Recipe,
            Seed = info.Seed,
            Seconds = last?.Seconds,
            Environment = last?.Environment,
        };
    }

    private static ReportedWidth Width(SupernetGraph graph, Subnet subnet, double top1)
    {
        var cost = CostModel.Of(graph, subnet);
        return new(subnet.Name, subnet.Routable, top1, cost.MAdds, cost.Parameters);
    }

    private static ReportedPoint Point(Gate gate, RoutedAccuracy routed) => new(
        routed.TargetCost is { } target ? string.Create(CultureInfo.InvariantCulture, $"gated to {100 * target:0.##} %") : "gated",
        routed.Top1,
        routed.MeanMAdds,
        [.. gate.Candidates.Select(name => new ReportedShare(name, routed.Shares.GetValueOrDefault(name)))]);

    /// <summary>A checkpoint's recipe may be of another version of this program, or of none.</summary>
    private static string? NameIn(string? recipe)
    {
        try
        {
            return recipe is null ? null : RecipeFile.Parse("recipe", recipe).Name;
        }
        catch (SlimmableException)
        {
            return null;
        }
    }
}
