using System.Text;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Exports a checkpoint as the folder that a server loads: one graph, and what the server has to know of it.</summary>
public static class ServingExporter
{
    private const string Version = "1";
    private const string GraphFile = "model.onnx";

    private static readonly AtomicFolder Target = new("model repository", TritonConfig.File, IsRepository);

    /// <summary>
    /// Writes a folder beside <paramref name="folder"/> and renames it. It is a model repository with one model, named as the network, version 1. The same
    /// checkpoint and options give the same bytes. On failure and on cancellation the target is as it was, and nothing is left behind.
    /// </summary>
    /// <param name="checkpoint">The supernet and its weights.</param>
    /// <param name="folder">The target: missing, empty, or an older repository of this exporter with nothing else in it, which is replaced whole.</param>
    /// <param name="options">What the graph is exported with; which graphs a bundle would have makes no difference.</param>
    /// <param name="serving">Which graph is served, and by what.</param>
    /// <param name="cancellation">Looked at before every file.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidOptionsException">The options do not fit the checkpoint's graph or one another; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">The folder holds something else than such a repository, or cannot be written.</exception>
    /// <exception cref="SlimmableException">A label is not one line, or as for <see cref="BundleExporter.Export"/>.</exception>
    /// <exception cref="OperationCanceledException">The export was cancelled.</exception>
    public static ServedModel Export(
        ICheckpoint checkpoint, string folder, ExportOptions options, ServingOptions serving, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(serving);
        serving.Check(checkpoint.Graph);
        var parts = options with { Full = serving.Subnet is not null, Routed = serving.Subnet is null, Subnets = null };
        return Target.Write(folder, temporary =>
        {
            var bundle = Path.Combine(temporary, ".bundle");
            var manifest = BundleExporter.Export(checkpoint, bundle, parts, cancellation: cancellation);
            var graph = manifest.Routed ?? manifest.Subnets.Single(subnet => subnet.Name == serving.Subnet).Full!;
            WriteModel(Path.Combine(temporary, manifest.Model), Path.Combine(bundle, graph), manifest, serving.MaxBatch);
            if (serving.StorageUri is { } uri)
            {
                File.WriteAllText(Path.Combine(temporary, KserveResource.File), KserveResource.Of(manifest.Model, uri));
            }

            Directory.Delete(bundle, recursive: true);
            return new ServedModel(manifest.Model, graph, new DirectoryInfo(temporary).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
        });
    }

    private static void WriteModel(string folder, string graph, BundleManifest manifest, int maxBatch)
    {
        Directory.CreateDirectory(Path.Combine(folder, Version));
        File.WriteAllText(Path.Combine(folder, TritonConfig.File), TritonConfig.Of(manifest, ModelFile.Read(graph).Graph, maxBatch));
        if (manifest.Labels is { } labels)
        {
            File.WriteAllText(Path.Combine(folder, TritonConfig.LabelFile), Lines(labels));
        }

        File.Move(graph, Path.Combine(folder, Version, GraphFile));
        var data = BundleFormat.DataFile(graph);
        if (File.Exists(data)) // The graph names it, so it keeps its name.
        {
            File.Move(data, Path.Combine(folder, Version, Path.GetFileName(data)));
        }
    }

    /// <summary>The server counts lines: a label of two would shift all that follow.</summary>
    private static string Lines(IReadOnlyList<string> labels)
    {
        var broken = labels.Index().Where(label => label.Item.AsSpan().ContainsAny('\r', '\n')).Select(label => $"label {label.Index}: expected one line, found '{label.Item}'");
        return broken.FirstOrDefault() is { } fault ? throw new SlimmableException(fault) : string.Concat(labels.Select(label => $"{label}\n"));
    }

    /// <summary>One model with the mark, and perhaps the resource; a repository that holds more is somebody's own.</summary>
    private static bool IsRepository(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder).All(file => Path.GetFileName(file) == KserveResource.File)
                && Directory.EnumerateDirectories(folder).ToList() is [var model]
                && StartsWithMark(Path.Combine(model, TritonConfig.File));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidFileException)
        {
            return false;
        }
    }

    private static bool StartsWithMark(string file)
    {
        using var stream = RegularFile.OpenRead(file);
        Span<byte> start = stackalloc byte[TritonConfig.Mark.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Encoding.ASCII.GetBytes(TritonConfig.Mark));
    }
}
