using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>
/// The released network in every shape that a bundle can have. Each lies in a folder <c>bundle</c> beside the JavaScript programs and what npm installed,
/// as on the disk of somebody who uses it.
/// </summary>
public sealed class ReleasedBundles : IDisposable
{
    /// <summary>The collection that shares it.</summary>
    public const string Collection = "released bundles";

    private static readonly Dictionary<string, ExportOptions> Options = new()
    {
        ["shared-trunk"] = new(),
        ["standalone"] = new() { Layout = BundleLayout.Standalone },
        ["full"] = new() { Full = true },
        ["routed"] = new() { Routed = true },
    };

    private readonly TemporaryFolder folder = new();

    public ReleasedBundles()
    {
        Checkpoint = Checkpoint.Read(Repository.ReleasedCheckpoint);
        foreach (var (shape, options) in Options)
        {
            BundleExporter.Export(Checkpoint, BundleOf(shape), options);
            foreach (var program in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "consumers", "javascript")))
            {
                File.Copy(program, Path.Combine(FolderOf(shape), Path.GetFileName(program)));
            }

            Directory.CreateSymbolicLink(Path.Combine(FolderOf(shape), "node_modules"), Path.Combine(Repository.Root, "artifacts", "npm-consumers", "node_modules"));
        }
    }

    /// <summary>The names of the shapes.</summary>
    public static TheoryData<string> Shapes => [.. Options.Keys];

    /// <summary>All shapes' bundles.</summary>
    internal IEnumerable<string> All => Options.Keys.Select(BundleOf);

    internal Checkpoint Checkpoint { get; }

    /// <summary>For each golden image, the class and the subnet that the trainer's own scores say.</summary>
    internal IReadOnlyList<(string Label, string Subnet)> Expected
    {
        get
        {
            var golden = Checkpoint.Golden!;
            var candidates = Checkpoint.Graph.Gate!.Candidates;
            var chosen = golden.GateLogits!.Chunk(candidates.Count).Select(scores => candidates[IndexOfLargest(scores)]);
            return [.. chosen.Select((name, row) => (Checkpoint.Info.Labels![IndexOfLargest(golden.Logits[name].Chunk(Checkpoint.Graph.Classes).ElementAt(row))], name))];
        }
    }

    /// <summary>The folder in which a shape's bundle and the programs lie.</summary>
    internal string FolderOf(string shape) => folder.File(shape);

    internal string BundleOf(string shape) => Path.Combine(FolderOf(shape), "bundle");

    /// <summary>The ways through a shape's bundle that a check must report: every file, one after the other, and all in one.</summary>
    internal IEnumerable<string> WaysThrough(string shape)
    {
        var manifest = ManifestFile.Read(BundleOf(shape));
        return manifest.Files.Select(file => file.Name).Where(name => name.EndsWith(".onnx", StringComparison.Ordinal))
            .Append("in two steps")
            .Concat(manifest.Routed is { } routed ? [$"{routed}, one by one"] : []);
    }

    public void Dispose() => folder.Dispose();

    private static int IndexOfLargest(float[] scores) => scores.IndexOf(scores.Max());
}

[CollectionDefinition(ReleasedBundles.Collection)]
public sealed class ReleasedBundlesDefinition : ICollectionFixture<ReleasedBundles>;
