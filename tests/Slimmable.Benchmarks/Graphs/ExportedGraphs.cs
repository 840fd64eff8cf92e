using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Benchmarks;

/// <summary>Bundles of an architecture with fresh weights, which cost the same as trained ones, in a temporary folder.</summary>
internal sealed class ExportedGraphs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slimmable-graphs-");

    /// <summary>Where files may go.</summary>
    public string Folder => folder.FullName;

    /// <summary>Exports a graph, with every kind of file that it allows.</summary>
    /// <param name="name">The bundle's folder.</param>
    /// <param name="graph">The architecture.</param>
    /// <param name="forced">The candidate whose score shall always be the largest; null for what fresh weights choose.</param>
    /// <returns>The bundle's folder.</returns>
    public string Export(string name, SupernetGraph graph, int? forced = null)
    {
        var target = Path.Combine(Folder, name);
        BundleExporter.Export(Fresh(graph, forced), target, new ExportOptions { Full = true, Routed = graph.Gate is not null });
        return target;
    }

    /// <summary>A checkpoint with fresh weights.</summary>
    public static Checkpoint Fresh(SupernetGraph graph, int? forced = null)
    {
        graph = forced is null ? graph : graph.WithGateBias();
        using var supernet = new Supernet(graph);
        WeightInitializer.Initialize(supernet, seed: 1);
        var weights = supernet.Weights().ToDictionary();
        if (forced is { } candidate)
        {
            weights[graph.GateBias().Name][candidate] = 1e6f;
        }

        return new Checkpoint(graph, weights, new CheckpointInfo());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
