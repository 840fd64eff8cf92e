using Microsoft.ML.OnnxRuntime;
using Slimmable.Models;
using Spectre.Console;

namespace Slimmable.Benchmarks;

/// <summary>Times the graphs of every width in several forms.</summary>
internal static class GraphsComparison
{
    private static readonly Form[] Forms =
    [
        new("ReLU", ActivationKind.Relu, GraphOptimizationLevel.ORT_ENABLE_ALL),
        new("Swish", ActivationKind.Swish, GraphOptimizationLevel.ORT_ENABLE_ALL),
        new("HardSwish", ActivationKind.HardSwish, GraphOptimizationLevel.ORT_ENABLE_ALL),

        // All that the level above does but for the blocked layout of channels (NCHWc).
        new("ReLU, planar layout", ActivationKind.Relu, GraphOptimizationLevel.ORT_ENABLE_EXTENDED),
    ];

    /// <summary>Prints a table: microseconds of the first form, and every other against it.</summary>
    public static void Run(SupernetGraph graph, int rounds)
    {
        var rows = Measure(graph, rounds);
        AnsiConsole.MarkupLineInterpolated($"{graph.Name}, standalone graphs, batch 1, one thread, medians of {rounds} calls; the others against {Forms[0].Name}");
        var table = new Table().AddColumns(["width", $"{Forms[0].Name}, us", .. Forms.Skip(1).Select(form => form.Name)]);
        foreach (var (width, medians) in rows)
        {
            table.AddRow([width, $"{medians[0]:0.0}", .. medians.Skip(1).Select(median => $"{median / medians[0]:0.00}")]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>For every routable width the median microseconds of each form.</summary>
    public static IReadOnlyList<(string Width, double[] Medians)> Measure(SupernetGraph graph, int rounds)
    {
        using var exported = new ExportedGraphs();
        var bundles = Forms.Select(form => form.Activation).Distinct().ToDictionary(kind => kind, kind => exported.Export($"{kind}", WithActivation(graph, kind)));
        var widths = graph.Routable.Select(subnet => subnet.Name).ToList();
        var graphs = widths.SelectMany(_ => Forms, (width, form) => new TimedGraphs([Path.Combine(bundles[form.Activation], BundleFormat.FullFile(width))], form.Level));
        return [.. widths.Zip(GraphTimes.Medians([.. graphs], rounds).Chunk(Forms.Length))];
    }

    /// <summary>A sigmoid is a part of an attention, not a block's activation, and stays.</summary>
    private static SupernetGraph WithActivation(SupernetGraph graph, ActivationKind kind) => SupernetGraph.Create(graph.Definition with
    {
        Nodes = [.. graph.Nodes.Select(node => node is ActivationNode { Kind: not ActivationKind.Sigmoid } activation ? activation with { Kind = kind } : node)],
    });

    private sealed record Form(string Name, ActivationKind Activation, GraphOptimizationLevel Level);
}
