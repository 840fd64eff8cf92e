using System.Buffers;

namespace Slimmable.Models;

/// <summary>What a manifest must keep beyond its JSON shape; needs no other file.</summary>
internal static class ManifestRules
{
    private const int MostEntries = 10_000;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static IReadOnlyList<string> FaultsOf(BundleManifest manifest)
    {
        if (HasNull(manifest.Subnets) || HasNull(manifest.Files) || HasNull(manifest.Gate?.Candidates) || HasNull(manifest.Labels))
        {
            return ["found null in a list"];
        }

        List<string> faults =
        [
            .. TensorFaults("input", manifest.Input, 3),
            .. TensorFaults("logits", manifest.Logits, 1),
            .. TensorFaults("features", manifest.Features, 3),
            .. TensorFaults("gateLogits", manifest.GateLogits, 1),
            .. FileFaults(manifest),
            .. SubnetFaults(manifest),
            .. GateFaults(manifest),
        ];
        if (manifest.Input.Shape is [var channels, _, _])
        {
            faults.AddRange(manifest.Preprocessing?.FaultsFor(channels) ?? []);
        }

        if (manifest.Labels is { } labels && manifest.Logits.Shape is [var classes] && labels.Count != classes)
        {
            faults.Add($"labels: expected {classes}, found {labels.Count}");
        }

        return faults;
    }

    private static IEnumerable<string> TensorFaults(string what, BundleTensor? tensor, int rank)
    {
        if (tensor is null)
        {
            yield break;
        }

        if (!Names.IsValid(tensor.Name))
        {
            yield return $"{what}: expected a name of {Names.Rule}, found '{tensor.Name}'";
        }

        var elements = tensor.Shape.Aggregate(1.0, (product, length) => product * length);
        if (tensor.Shape.Count != rank || tensor.Shape.Any(length => length <= 0) || elements > int.MaxValue)
        {
            yield return $"{what}: expected {rank} lengths above 0, found [{string.Join(", ", tensor.Shape)}]";
        }
    }

    private static IEnumerable<string> FileFaults(BundleManifest manifest)
    {
        if (manifest.Files.Count > MostEntries)
        {
            yield return $"files: expected at most {MostEntries}, found {manifest.Files.Count}";
            yield break;
        }

        foreach (var file in manifest.Files)
        {
            if (!Names.IsValid(file.Name) || file.Name == BundleFormat.ManifestFile)
            {
                yield return $"files: '{file.Name}' is not the name of a file in the bundle's folder";
            }

            if (file.Bytes < 0 || file.Sha256.Length != 64 || file.Sha256.AsSpan().ContainsAnyExcept(LowerHex))
            {
                yield return $"files: '{file.Name}': expected a size and 64 lower-case hexadecimal digits, found {file.Bytes} and '{file.Sha256}'";
            }
        }

        var listed = manifest.Files.Select(file => file.Name).ToHashSet();
        if (listed.Count != manifest.Files.Count)
        {
            yield return "files: a name is listed twice";
        }

        foreach (var name in manifest.References.Where(name => !listed.Contains(name)).Distinct())
        {
            yield return $"files: '{name}' is referred to and not listed";
        }
    }

    private static IEnumerable<string> SubnetFaults(BundleManifest manifest)
    {
        var subnets = manifest.Subnets;
        if (subnets.Count is 0 or > MostEntries)
        {
            yield return $"subnets: expected 1 to {MostEntries}, found {subnets.Count}";
        }

        if (subnets.Select(subnet => subnet.Name).Distinct().Count() != subnets.Count)
        {
            yield return "subnets: a name is used twice";
        }

        foreach (var subnet in subnets)
        {
            if (!Names.IsValid(subnet.Name))
            {
                yield return $"subnets: expected a name of {Names.Rule}, found '{subnet.Name}'";
            }

            var missing = manifest.Layout == BundleLayout.SharedTrunk ? subnet.Tail is null : subnet.Full is null;
            if (missing)
            {
                yield return $"subnet '{subnet.Name}': expected {(manifest.Layout == BundleLayout.SharedTrunk ? "a tail" : "a full graph")}, found none";
            }
        }

        foreach (var (cheap, dear) in subnets.Zip(subnets.Skip(1)).Where(pair => pair.First.MAdds >= pair.Second.MAdds))
        {
            yield return $"subnets: expected rising cost, found '{cheap.Name}' with {cheap.MAdds} MAdds before '{dear.Name}' with {dear.MAdds}";
        }
    }

    private static IEnumerable<string> GateFaults(BundleManifest manifest)
    {
        if (manifest.Layout == BundleLayout.SharedTrunk && (manifest.Gate is null || manifest.Features is null))
        {
            yield return "gate: the shared-trunk layout expects a gate and features";
        }

        if ((manifest.Gate is null) != (manifest.GateLogits is null))
        {
            yield return "gate: expected a gate and its gateLogits, or neither";
        }

        if (manifest.Gate is not { } gate)
        {
            yield break;
        }

        if (manifest.GateLogits?.Shape is [var scores] && scores != gate.Candidates.Count)
        {
            yield return $"gate: expected a candidate for each of {scores} scores, found {gate.Candidates.Count}";
        }

        if (gate.Candidates.Count == 0 || gate.Candidates.Distinct().Count() != gate.Candidates.Count)
        {
            yield return "gate: expected candidates, each listed once";
        }

        foreach (var candidate in gate.Candidates.Where(candidate => manifest.Subnets.All(subnet => subnet.Name != candidate)))
        {
            yield return $"gate: its candidate '{candidate}' is not a subnet of the bundle";
        }
    }

    private static bool HasNull<T>(IReadOnlyList<T?>? list)
        where T : class => list?.Any(item => item is null) ?? false;
}
