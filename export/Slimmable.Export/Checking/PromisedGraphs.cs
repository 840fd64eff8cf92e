using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What a manifest promises of the graphs it names.</summary>
internal static class PromisedGraphs
{
    /// <summary>Each graph's file, and what enters and leaves it.</summary>
    public static IEnumerable<PromisedGraph> Of(BundleManifest manifest)
    {
        var (input, logits) = (PromisedTensor.Of(manifest.Input), PromisedTensor.Of(manifest.Logits));
        var features = manifest.Features is { } tensor ? PromisedTensor.Of(tensor) : null;
        if (manifest is { Gate: { } gate, GateLogits: { } scores })
        {
            yield return new(gate.File, [input], features is null ? [PromisedTensor.Of(scores)] : [features, PromisedTensor.Of(scores)]);
        }

        if (manifest.Routed is { } routed)
        {
            yield return new(routed, [input], [logits, new(BundleFormat.SubnetIndex, OnnxType.Int64, [])]);
        }

        foreach (var subnet in manifest.Subnets)
        {
            if (subnet.Tail is { } tail && features is not null)
            {
                yield return new(tail, [features], [logits]);
            }

            if (subnet.Full is { } full)
            {
                yield return new(full, [input], [logits]);
            }
        }
    }

    /// <summary>The versions it says its graphs have, where they are not those of every bundle of its format.</summary>
    public static IEnumerable<Finding> VersionFaultsOf(BundleManifest manifest)
    {
        if (manifest.Opset != ModelRules.Opset || manifest.IrVersion != ModelRules.IrVersion)
        {
            yield return FindingRules.ManifestVersions.At(
                BundleFormat.ManifestFile,
                $"expected opset {ModelRules.Opset} and irVersion {ModelRules.IrVersion}, found {manifest.Opset} and {manifest.IrVersion}");
        }
    }
}
