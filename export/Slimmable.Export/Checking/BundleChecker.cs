using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Checks a whole bundle without running it: the manifest, the files, the structure of the graphs, and what they cost. It goes on after a finding
/// wherever what follows does not rely on what is wrong, and reads nothing outside the bundle. docs/findings.md explains what it finds.
/// </summary>
public static class BundleChecker
{
    /// <summary>Checks a bundle.</summary>
    /// <param name="folder">Its folder; one that is missing is a finding too.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static BundleReport Check(string folder, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var (manifest, findings) = ManifestCheck.Run(folder);
        List<BundleCheck> checks = [new(BundleFormat.ManifestFile, "manifest", "format version, schema, rules", findings)];
        if (manifest is null)
        {
            return new(null, checks);
        }

        checks.Add(FileCheck.ManifestHash(folder));
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            checks.Add(FileCheck.Run(folder, file));
        }

        checks.Add(FileCheck.Unknown(folder, manifest));
        var counts = CheckGraphs(folder, manifest, checks, cancellation);
        checks.AddRange(CostCheck.Run(manifest, counts));
        return new(manifest, checks);
    }

    /// <summary>Checks every graph that can be read, and yields the cost of those whose structure is right.</summary>
    private static Dictionary<string, GraphCost> CheckGraphs(string folder, BundleManifest manifest, List<BundleCheck> checks, CancellationToken cancellation)
    {
        // A file of another size or hash is still read: what is wrong with it may say why.
        var reachable = checks
            .Where(check => check.Findings.All(finding => finding.Id == FindingRules.FileSize.Id || finding.Id == FindingRules.FileHash.Id))
            .Select(check => check.File)
            .Intersect(manifest.Files.Select(file => file.Name))
            .ToHashSet();
        var counts = new Dictionary<string, GraphCost>();
        foreach (var graph in PromisedGraphs.Of(manifest).Where(graph => reachable.Contains(graph.File)))
        {
            cancellation.ThrowIfCancellationRequested();
            var model = ModelChecker.CheckFile(folder, graph, reachable.Contains, manifest.Features?.Name);
            checks.Add(new(graph.File, "structure", "versions, names, order, types, shapes, weights", model.Findings));
            if (model.Cost is { } cost)
            {
                counts.TryAdd(graph.File, cost);
            }
        }

        return counts;
    }
}
