using Slimmable.Models;
using Spectre.Console;

namespace Slimmable.Benchmarks;

/// <summary>Times the graph that routes by itself, made to choose each candidate in turn, against that candidate's standalone graph.</summary>
internal static class RoutedComparison
{
    /// <summary>Prints a table: microseconds of the standalone graph, and the others against it.</summary>
    /// <exception cref="InvalidOptionsException">The architecture has no gate.</exception>
    public static void Run(SupernetGraph graph, int rounds)
    {
        AnsiConsole.MarkupLineInterpolated($"{graph.Name}, batch 1, one thread, medians of {rounds} calls; against the chosen width's standalone graph");
        var table = new Table().AddColumns("width", "standalone, us", "routed.onnx", "gate and tail");
        foreach (var (width, standalone, routed, split) in Measure(graph, rounds))
        {
            table.AddRow(width, $"{standalone:0}", $"{routed / standalone:0.000}", $"{split / standalone:0.000}");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Median microseconds for every candidate.</summary>
    /// <exception cref="InvalidOptionsException">The architecture has no gate.</exception>
    public static IReadOnlyList<(string Width, double Standalone, double Routed, double Split)> Measure(SupernetGraph graph, int rounds)
    {
        var gate = graph.Gate ?? throw new InvalidOptionsException("routed", [$"architecture: expected one with a gate, found '{graph.Name}'"]);
        using var exported = new ExportedGraphs();
        return
        [
            .. gate.Candidates.Index().Select(candidate =>
            {
                var bundle = exported.Export(candidate.Item, graph, forced: candidate.Index);
                string FileOf(string name) => Path.Combine(bundle, name);
                var medians = GraphTimes.Medians(
                    [
                        new([FileOf(BundleFormat.FullFile(candidate.Item))]),
                        new([FileOf(BundleFormat.RoutedFile)]),
                        new([FileOf(BundleFormat.GateFile), FileOf(BundleFormat.TailFile(candidate.Item))]),
                    ],
                    rounds);
                Directory.Delete(bundle, recursive: true);
                return (candidate.Item, medians[0], medians[1], medians[2]);
            }),
        ];
    }
}
