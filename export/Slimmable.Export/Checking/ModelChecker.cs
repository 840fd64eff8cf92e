using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Checks the structure of a bundle's ONNX files without running them: versions, names, order, types, shapes, weights. It shares no code with the
/// exporter: what it knows of ONNX it knows on its own. docs/findings.md explains what it finds.
/// </summary>
public static class ModelChecker
{
    /// <summary>Checks a file by itself. Weights may be in any file beside it.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <returns>The findings, at most 100 and a count of the rest; empty where there are none.</returns>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, empty, above 2 GiB, or not a protocol buffer of a model.</exception>
    public static IReadOnlyList<Finding> Check(string path) => Check(path, null, null);

    /// <summary>Checks a file, and its inputs and outputs against those that are promised, by a manifest usually. Weights may be in any file beside it.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputs">The expected inputs, float32, in any order; null for any.</param>
    /// <param name="outputs">The expected outputs, float32, in any order; null for any.</param>
    /// <returns>The findings, at most 100 and a count of the rest; empty where there are none.</returns>
    /// <exception cref="InvalidFileException">The file is missing, unreadable, empty, above 2 GiB, or not a protocol buffer of a model.</exception>
    public static IReadOnlyList<Finding> Check(string path, IReadOnlyList<BundleTensor>? inputs, IReadOnlyList<BundleTensor>? outputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var promised = new PromisedGraph(Path.GetFileName(path), inputs?.Select(PromisedTensor.Of).ToList(), outputs?.Select(PromisedTensor.Of).ToList());
        return Run(ModelFile.Read(path), Path.GetDirectoryName(Path.GetFullPath(path))!, promised, _ => true).Findings;
    }

    /// <summary>Checks every graph that a manifest names, against what the manifest says of it.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <returns>The findings, file by file; empty where there are none.</returns>
    public static IReadOnlyList<Finding> CheckBundle(string folder, BundleManifest manifest)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        var listed = manifest.Files.Select(file => file.Name).ToHashSet();
        return
        [
            .. PromisedGraphs.VersionFaultsOf(manifest),
            .. PromisedGraphs.Of(manifest).SelectMany(graph => CheckFile(folder, graph, listed.Contains).Findings),
        ];
    }

    /// <summary>Checks one graph's file, and counts its cost where it is right. One that is no model is a finding.</summary>
    /// <param name="folder">The file's folder.</param>
    /// <param name="promised">Its name, and what is promised of it.</param>
    /// <param name="allows">Whether weights may be in a file of that name.</param>
    /// <param name="trunk">The value up to which nodes are the trunk, or null.</param>
    internal static CheckedModel CheckFile(string folder, PromisedGraph promised, Func<string, bool> allows, string? trunk = null)
    {
        try
        {
            return Run(ModelFile.Read(ContainedFile.PlaceOf(folder, promised.File)), folder, promised, allows, trunk);
        }
        catch (InvalidFileException fault)
        {
            return new([FindingRules.NoModel.At(promised.File, fault.Reason)], null);
        }
    }

    private static CheckedModel Run(ModelProto model, string folder, PromisedGraph promised, Func<string, bool> allows, string? trunk = null)
    {
        var findings = new FindingList(promised.File);
        using var external = new ExternalDataCheck(folder, allows, findings);
        var scope = new ModelScope(findings, external);
        ModelRules.Check(model, promised, scope);
        return new(findings.Found, findings.Found.Count == 0 ? CostCount.Of(scope.Nodes, external, trunk) : null);
    }
}

/// <summary>A model that was checked.</summary>
/// <param name="Findings">What is wrong with it.</param>
/// <param name="Cost">What it costs; null where something is wrong.</param>
internal sealed record CheckedModel(IReadOnlyList<Finding> Findings, GraphCost? Cost);
