using System.Text.Json;
using Slimmable.Models;
using Spectre.Console;

namespace Slimmable.Benchmarks;

/// <summary>Where the time of a width's graph goes, by ONNX Runtime's own profile of it after optimization.</summary>
internal static class NodeProfile
{
    private const string KernelTime = "_kernel_time";

    /// <summary>Prints a table: microseconds a call for each operator, and against the convolutions.</summary>
    /// <exception cref="InvalidOptionsException">The architecture has no such width.</exception>
    public static void Run(SupernetGraph graph, string width, int rounds)
    {
        var operators = Measure(graph, width, rounds);
        var convolutions = operators.Where(row => row.Operator == "Conv").Sum(row => row.Microseconds);
        AnsiConsole.MarkupLineInterpolated($"{graph.Name}, {width}, batch 1, one thread, means of {rounds} calls; nodes as ONNX Runtime runs them");
        var table = new Table().AddColumns("operator", "nodes", "us a call", "against the convolutions");
        foreach (var (name, nodes, microseconds) in operators.Append(("all", operators.Sum(row => row.Nodes), operators.Sum(row => row.Microseconds))))
        {
            table.AddRow(name, $"{nodes}", $"{microseconds:0.0}", $"{microseconds / convolutions:0.000}");
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Nodes and mean microseconds a call of every operator, the longest first.</summary>
    /// <exception cref="InvalidOptionsException">The architecture has no such width.</exception>
    public static IReadOnlyList<(string Operator, int Nodes, double Microseconds)> Measure(SupernetGraph graph, string width, int rounds)
    {
        if (graph.Routable.All(subnet => subnet.Name != width))
        {
            throw new InvalidOptionsException("nodes", [$"width: expected one of {string.Join(", ", graph.Routable.Select(subnet => subnet.Name))}, found '{width}'"]);
        }

        using var exported = new ExportedGraphs();
        var bundle = exported.Export("ours", graph);
        using var chain = new GraphChain([Path.Combine(bundle, BundleFormat.FullFile(width))], profile: Path.Combine(exported.Folder, "profile"));
        for (var round = 0; round < rounds; round++)
        {
            chain.Run();
        }

        using var profile = JsonDocument.Parse(File.ReadAllBytes(chain.EndProfiles().Single()));
        return
        [
            .. profile.RootElement.EnumerateArray()
                .Where(entry => entry.GetProperty("cat").GetString() == "Node" && entry.GetProperty("name").GetString()!.EndsWith(KernelTime, StringComparison.Ordinal))
                .GroupBy(entry => entry.GetProperty("args").GetProperty("op_name").GetString()!)
                .Select(group => (
                    group.Key,
                    group.Select(entry => entry.GetProperty("name").GetString()).Distinct().Count(),
                    group.Sum(entry => entry.GetProperty("dur").GetDouble()) / rounds))
                .OrderByDescending(row => row.Item3),
        ];
    }
}
