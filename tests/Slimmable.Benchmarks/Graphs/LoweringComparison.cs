using Slimmable.Models;
using Spectre.Console;

namespace Slimmable.Benchmarks;

/// <summary>Times every width as we lower it, whole and as trunk and tail, against the same width lowered plainly.</summary>
internal static class LoweringComparison
{
    /// <summary>Prints a table: microseconds of the plain form, and ours against it.</summary>
    public static void Run(SupernetGraph graph, int rounds)
    {
        AnsiConsole.MarkupLineInterpolated($"{graph.Name}, batch 1, one thread, medians of {rounds} calls; ours against the same network lowered plainly");
        var table = new Table().AddColumns("width", "plain, us", "ours, one graph", "ours, gate and tail");
        foreach (var (width, plain, whole, split) in Measure(graph, rounds))
        {
            table.AddRow(width, $"{plain:0}", $"{whole / plain:0.000}", split is null ? "" : $"{split / plain:0.000}");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Median microseconds for every routable width; trunk and tail where there is a gate.</summary>
    public static IReadOnlyList<(string Width, double Plain, double Whole, double? Split)> Measure(SupernetGraph graph, int rounds)
    {
        using var exported = new ExportedGraphs();
        var bundle = exported.Export("ours", graph);
        var checkpoint = ExportedGraphs.Fresh(graph);
        return
        [
            .. graph.Routable.Select(subnet =>
            {
                var plain = Path.Combine(exported.Folder, $"plain-{subnet.Name}.onnx");
                PlainLowering.Write(plain, checkpoint, subnet);
                string FileOf(string name) => Path.Combine(bundle, name);
                List<TimedGraphs> forms = [new([plain]), new([FileOf(BundleFormat.FullFile(subnet.Name))])];
                if (graph.Gate is not null)
                {
                    forms.Add(new([FileOf(BundleFormat.GateFile), FileOf(BundleFormat.TailFile(subnet.Name))]));
                }

                var medians = GraphTimes.Medians(forms, rounds);
                return (subnet.Name, medians[0], medians[1], forms.Count > 2 ? medians[2] : (double?)null);
            }),
        ];
    }
}
