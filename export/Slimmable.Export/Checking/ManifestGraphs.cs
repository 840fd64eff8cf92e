using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What a manifest promises of the graphs it names.</summary>
internal static class ManifestGraphs
{
    /// <summary>Each graph's file, and what enters and leaves it.</summary>
    public static IEnumerable<(string File, BundleTensor[] Inputs, BundleTensor[] Outputs)> Of(BundleManifest manifest)
    {
        if (manifest is { Gate: { } gate, GateLogits: { } scores })
        {
            yield return (gate.File, [manifest.Input], manifest.Features is { } features ? [features, scores] : [scores]);
        }

        foreach (var subnet in manifest.Subnets)
        {
            if (subnet.Tail is { } tail && manifest.Features is { } features)
            {
                yield return (tail, [features], [manifest.Logits]);
            }

            if (subnet.Full is { } full)
            {
                yield return (full, [manifest.Input], [manifest.Logits]);
            }
        }
    }

    /// <summary>The versions it says its graphs have, where they are not those of every bundle of its format.</summary>
    public static IEnumerable<string> VersionFaultsOf(BundleManifest manifest)
    {
        if (manifest.Opset != ModelRules.Opset || manifest.IrVersion != ModelRules.IrVersion)
        {
            yield return $"{BundleFormat.ManifestFile}: expected opset {ModelRules.Opset} and irVersion {ModelRules.IrVersion}, found {manifest.Opset} and {manifest.IrVersion}";
        }
    }
}
