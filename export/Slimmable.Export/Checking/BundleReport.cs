using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>One thing that was looked at.</summary>
/// <param name="File">The file, by its name in the bundle's folder.</param>
/// <param name="Name">What was looked at, in a word or two.</param>
/// <param name="Detail">What was seen where nothing is wrong.</param>
/// <param name="Findings">What is wrong; empty where nothing is.</param>
public sealed record BundleCheck(string File, string Name, string Detail, IReadOnlyList<Finding> Findings);

/// <summary>What a bundle came to that was looked at and not run.</summary>
/// <param name="Manifest">Its manifest; null where there is none that can be understood. One with findings may break the rules that others rely on.</param>
/// <param name="Checks">What was looked at, in order.</param>
public sealed record BundleReport(BundleManifest? Manifest, IReadOnlyList<BundleCheck> Checks)
{
    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<Finding> Findings => Checks.SelectMany(check => check.Findings);

    /// <summary>Whether a graph's file is there, lies in the bundle, and neither it nor its structure has findings.</summary>
    /// <param name="file">Its name.</param>
    public bool IsSound(string file) =>
        Checks.Where(check => check.File == file).ToList() is { Count: > 1 } checks && checks.All(check => check.Findings.Count == 0);
}
