using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Training;
using Spectre.Console;

namespace Slimmable.Benchmarks;

/// <summary>
/// Times the graphs of every width in several forms. Each is called once in turn, over and over, so that whatever else the machine does falls on all;
/// weights are random, which costs the same as trained ones.
/// </summary>
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
        var folder = Directory.CreateTempSubdirectory("slimmable-graphs-");
        try
        {
            string FolderOf(ActivationKind kind) => Path.Combine(folder.FullName, $"{kind}");
            foreach (var kind in Forms.Select(form => form.Activation).Distinct())
            {
                Export(WithActivation(graph, kind), FolderOf(kind));
            }

            var widths = graph.Routable.Select(subnet => subnet.Name).ToList();
            var graphs = widths.SelectMany(_ => Forms, (width, form) => (Path.Combine(FolderOf(form.Activation), $"full-{width}.onnx"), form.Level));
            return [.. widths.Zip(Time(graph, [.. graphs], rounds).Chunk(Forms.Length))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A sigmoid is a part of an attention, not a block's activation, and stays.</summary>
    private static SupernetGraph WithActivation(SupernetGraph graph, ActivationKind kind) => SupernetGraph.Create(graph.Definition with
    {
        Nodes = [.. graph.Nodes.Select(node => node is ActivationNode { Kind: not ActivationKind.Sigmoid } activation ? activation with { Kind = kind } : node)],
    });

    private static void Export(SupernetGraph graph, string folder)
    {
        using var supernet = new Supernet(graph);
        WeightInitializer.Initialize(supernet, seed: 1);
        BundleExporter.Export(new Checkpoint(graph, supernet.Weights(), new CheckpointInfo()), folder, new ExportOptions { Full = true });
    }

    private static List<double> Time(SupernetGraph graph, IReadOnlyList<(string File, GraphOptimizationLevel Level)> graphs, int rounds)
    {
        var sessions = new List<InferenceSession>();
        try
        {
            foreach (var (file, level) in graphs)
            {
                using var options = new SessionOptions { IntraOpNumThreads = 1, GraphOptimizationLevel = level };
                sessions.Add(new InferenceSession(file, options));
            }

            long[] shape = [1, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
            var random = new Random(1);
            float[] image = [.. Enumerable.Range(0, (int)(shape[1] * shape[2] * shape[3])).Select(_ => (random.NextSingle() * 2) - 1)];
            using var input = OrtValue.CreateTensorValueFromMemory(image, shape);
            using var running = new RunOptions();
            var times = sessions.Select(_ => new List<double>(rounds)).ToList();
            for (var round = -Math.Max(1, rounds / 10); round < rounds; round++)
            {
                foreach (var (session, taken) in sessions.Zip(times))
                {
                    var start = Stopwatch.GetTimestamp();
                    session.Run(running, session.InputNames, [input], session.OutputNames).Dispose();
                    if (round >= 0)
                    {
                        taken.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    }
                }
            }

            return [.. times.Select(taken => taken.Order().ElementAt(taken.Count / 2))];
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private sealed record Form(string Name, ActivationKind Activation, GraphOptimizationLevel Level);
}
