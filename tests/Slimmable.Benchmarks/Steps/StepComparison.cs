using Slimmable.Models;
using Slimmable.Training;
using Spectre.Console;

namespace Slimmable.Benchmarks;

/// <summary>What is compared.</summary>
/// <param name="Python">A Python with PyTorch.</param>
/// <param name="Architecture">A DS-MBNet preset.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="Rounds">Steps that are timed on each side.</param>
/// <param name="Threads">Threads on each side.</param>
internal sealed record StepComparisonOptions(string Python, string Architecture, int Batch, int Rounds, int Threads);

/// <summary>
/// Compares one Stage I step with the same step in Python on the same machine: two processes take a step each in turn, so that whatever else
/// the machine does falls on both. That the losses agree shows that it is the same step.
/// </summary>
internal static class StepComparison
{
    private const int WarmUp = 5;
    private const double Tolerance = 1e-3;

    public static int Run(StepComparisonOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("slimmable-step-");
        try
        {
            var (checkpoint, batch) = (Path.Combine(folder.FullName, "start.safetensors"), Path.Combine(folder.FullName, "batch.safetensors"));
            var graph = WriteInputs(checkpoint, batch, options);
            string[] arguments = [checkpoint, batch, "--threads", $"{options.Threads}"];
            using var ours = new StepProcess("Slimmable", Environment.ProcessPath!, ["step-worker", .. arguments]);
            using var theirs = new StepProcess("Python", options.Python, [Path.Combine(AppContext.BaseDirectory, "step.py"), .. arguments]);
            StepProcess[] sides = [ours, theirs];
            var firstLosses = sides.Select(side => side.Step().Losses).ToArray();
            for (var round = 1; round < WarmUp; round++)
            {
                Array.ForEach(sides, side => side.Step());
            }

            var seconds = sides.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < options.Rounds; round++)
            {
                for (var side = 0; side < sides.Length; side++)
                {
                    seconds[side].Add(sides[side].Step().Seconds);
                }
            }

            var medians = seconds.Select(Median).ToArray();
            var peaks = sides.Select(side => side.Finish()).ToArray();
            Print(graph, options, sides, medians, peaks);
            return Agree(firstLosses[0], firstLosses[1]) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SupernetGraph WriteInputs(string checkpoint, string batch, StepComparisonOptions options)
    {
        var graph = Architectures.Build(options.Architecture);
        using var supernet = new Supernet(graph);
        WeightInitializer.Initialize(supernet, seed: 1);
        new Checkpoint(graph, supernet.Weights(), new CheckpointInfo()).Write(checkpoint);
        var random = new Random(2);
        long[] shape = [options.Batch, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
        float[] images = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => (random.NextSingle() * 2) - 1)];
        long[] labels = [.. Enumerable.Range(0, options.Batch).Select(_ => (long)random.Next(graph.Classes))];
        SafetensorsWriter.Write(
            batch, [TensorData.Of("images", images.AsSpan(), shape), TensorData.Of("labels", labels.AsSpan(), options.Batch)], new Dictionary<string, string>());
        return graph;
    }

    private static void Print(SupernetGraph graph, StepComparisonOptions options, StepProcess[] sides, double[] medians, long[] peaks)
    {
        var widest = CostModel.Of(graph, graph.Teacher).MAdds / 1e6;
        AnsiConsole.MarkupLineInterpolated(
            $"{graph.Name}, widest {widest:0.0} M MAdds, {graph.Routable.Count} widths, batch {options.Batch}, {options.Threads} threads, median of {options.Rounds} steps");
        var table = new Table().AddColumns("step", "ms", "peak MiB");
        for (var side = 0; side < sides.Length; side++)
        {
            table.AddRow(sides[side].Name, $"{medians[side] * 1e3:0}", $"{peaks[side] / 1048576.0:0}");
        }

        table.AddRow("ratio", $"{medians[0] / medians[1]:0.000}", $"{(double)peaks[0] / peaks[1]:0.000}");
        AnsiConsole.Write(table);
    }

    private static bool Agree(IReadOnlyList<double> ours, IReadOnlyList<double> theirs)
    {
        var agree = ours.Count == theirs.Count && ours.Zip(theirs, (left, right) => Math.Abs(left - right) / right).All(difference => difference < Tolerance);
        var verdict = agree ? "agree" : "DIFFER";
        AnsiConsole.MarkupLineInterpolated($"losses of the first step {verdict}: {string.Join(' ', ours.Select(Text))}, {string.Join(' ', theirs.Select(Text))}");
        return agree;
    }

    private static string Text(double loss) => loss.ToString("0.00000", System.Globalization.CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
