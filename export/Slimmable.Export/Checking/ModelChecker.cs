using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Checks the structure of a bundle's ONNX files without running them: versions, names, order, shapes, types, weights. It shares no code
/// with the exporter: what it knows of ONNX it knows on its own.
/// </summary>
public static class ModelChecker
{
    /// <summary>Checks a file by itself.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <returns>The faults, one line each, at most 100 and a count of the rest; empty where there are none.</returns>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, empty, above 2 GiB, or not a protocol buffer of a model.</exception>
    public static IReadOnlyList<string> Check(string path) => Check(path, null, null);

    /// <summary>Checks a file, and its inputs and outputs against those that are promised, by a manifest usually.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputs">The expected inputs, in any order; null for any.</param>
    /// <param name="outputs">The expected outputs, in any order; null for any.</param>
    /// <returns>The faults, one line each, at most 100 and a count of the rest; empty where there are none.</returns>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, empty, above 2 GiB, or not a protocol buffer of a model.</exception>
    public static IReadOnlyList<string> Check(string path, IReadOnlyList<BundleTensor>? inputs, IReadOnlyList<BundleTensor>? outputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelRules.FaultsOf(ModelFile.Read(path), inputs, outputs);
    }

    /// <summary>Checks every graph that a manifest names, against what the manifest says of it.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <returns>The faults, one line each, the file's name first; empty where there are none.</returns>
    public static IReadOnlyList<string> CheckBundle(string folder, BundleManifest manifest)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        return [.. ManifestGraphs.VersionFaultsOf(manifest), .. ManifestGraphs.Of(manifest).SelectMany(graph => FaultsOf(folder, graph))];
    }

    private static IEnumerable<string> FaultsOf(string folder, (string File, BundleTensor[] Inputs, BundleTensor[] Outputs) graph)
    {
        try
        {
            return Check(Path.Combine(folder, graph.File), graph.Inputs, graph.Outputs).Select(fault => $"{graph.File}: {fault}");
        }
        catch (InvalidFileException fault)
        {
            return [$"{graph.File}: {fault.Reason}"];
        }
    }
}
