using System.Text.Json;
using System.Text.Json.Serialization;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Checks a manifest: its version first, then its form against docs/manifest.schema.json, then what it says against itself.</summary>
internal static class ManifestCheck
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The manifest where its form is right, and what is wrong with it.</summary>
    public static (BundleManifest? Manifest, IReadOnlyList<Finding> Findings) Run(string folder)
    {
        var findings = new FindingList(BundleFormat.ManifestFile);
        var manifest = Read(folder, findings);
        if (manifest is not null)
        {
            CheckRules(folder, findings);
        }

        return (manifest, manifest is null ? findings.Found : [.. findings.Found, .. PromisedGraphs.VersionFaultsOf(manifest)]);
    }

    private static BundleManifest? Read(string folder, FindingList findings)
    {
        var rule = FindingRules.ManifestUnreadable;
        try
        {
            var place = ContainedFile.PlaceOf(folder, BundleFormat.ManifestFile);
            if (new FileInfo(place).Length is 0 or > BundleFormat.LargestManifest)
            {
                findings.Add(FindingRules.ManifestUnreadable, $"expected 1 to {BundleFormat.LargestManifest} bytes, found {new FileInfo(place).Length}");
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(place), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var version = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("formatVersion", out var found)
                ? FindingList.Clean(found.GetRawText())
                : "none";
            if (!findings.Require(version == $"{BundleFormat.Version}", FindingRules.FormatVersion, $"expected formatVersion {BundleFormat.Version}, found {version}"))
            {
                return null;
            }

            rule = FindingRules.Schema;
            ManifestSchema.Check(document.RootElement, findings);
            return findings.Found.Count == 0 ? document.RootElement.Deserialize<BundleManifest>(Form) : null;
        }
        catch (InvalidFileException fault)
        {
            findings.Add(Path.Exists(Path.Combine(folder, BundleFormat.ManifestFile)) ? FindingRules.FileOutside : FindingRules.ManifestUnreadable, fault.Reason);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            findings.Add(rule, $"expected a manifest, found: {FindingList.Clean(fault.Message)}");
        }

        return null;
    }

    /// <summary>The reader's own rules.</summary>
    private static void CheckRules(string folder, FindingList findings)
    {
        try
        {
            ManifestFile.Read(folder);
        }
        catch (InvalidFileException fault)
        {
            foreach (var reason in fault.Reason.Split("; "))
            {
                findings.Add(RuleOf(reason), reason);
            }
        }
    }

    private static FindingRule RuleOf(string reason) =>
        reason.StartsWith("subnets: expected rising cost", StringComparison.Ordinal) ? FindingRules.SubnetOrder
        : reason.EndsWith("is referred to and not listed", StringComparison.Ordinal) ? FindingRules.Unlisted
        : reason.StartsWith("gate: expected a candidate for each", StringComparison.Ordinal)
            || reason.StartsWith("gate: expected candidates", StringComparison.Ordinal)
            || reason.StartsWith("gate: its candidate", StringComparison.Ordinal) ? FindingRules.Candidates
        : FindingRules.ManifestRule;
}
