using System.Buffers;

namespace Slimmable.Models;

/// <summary>What a manifest must keep beyond its JSON shape; needs no other file.</summary>
internal static class ManifestRules
{
    private const int MostEntries = 10_000;

    /// <summary>Faults that are listed; a hostile manifest can have millions.</summary>
    private const int MostFaults = 100;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Files whose names differ only in case are one file on some systems.</summary>
    private static readonly StringComparer SameFile = StringComparer.OrdinalIgnoreCase;

    public static IReadOnlyList<string> FaultsOf(BundleManifest manifest)
    {
        string[] nulls =
        [
            .. NullFaults("subnets", manifest.Subnets),
            .. NullFaults("files", manifest.Files),
            .. NullFaults("gate.candidates", manifest.Gate?.Candidates),
            .. NullFaults("labels", manifest.Labels),
        ];
        if (nulls.Length > 0)
        {
            return nulls;
        }

        IEnumerable<string>[] faults =
        [
            HeadFaults(manifest),
            TensorFaults("input", manifest.Input, 3),
            InputFaults(manifest),
            TensorFaults("logits", manifest.Logits, 1),
            TensorFaults("features", manifest.Features, 3),
            TensorFaults("gateLogits", manifest.GateLogits, 1),
            FileFaults(manifest),
            SubnetFaults(manifest),
            GateFaults(manifest),
            manifest.Input.Shape.Count == 3 ? manifest.Preprocessing?.FaultsFor(manifest.Input.Image.Channels) ?? [] : [],
            LabelFaults(manifest),
        ];
        return Cut(faults.SelectMany(list => list));
    }

    private static List<string> Cut(IEnumerable<string> faults)
    {
        List<string> first = [];
        var left = 0;
        foreach (var fault in faults)
        {
            if (first.Count < MostFaults)
            {
                first.Add(fault);
            }
            else
            {
                left++;
            }
        }

        return left == 0 ? first : [.. first, $"and {left} more faults"];
    }

    private static IEnumerable<string> HeadFaults(BundleManifest manifest)
    {
        if (manifest.FormatVersion != BundleFormat.Version)
        {
            yield return $"formatVersion: expected {BundleFormat.Version}, found {manifest.FormatVersion}";
        }

        if (!Names.IsValid(manifest.Model))
        {
            yield return $"model: expected a name of {Names.Rule}, found '{Excerpt.Of(manifest.Model)}'";
        }

        if (!Enum.IsDefined(manifest.Layout))
        {
            yield return $"layout: unknown layout {manifest.Layout}";
        }

        if (manifest.Opset < 1)
        {
            yield return $"opset: expected above 0, found {manifest.Opset}";
        }

        if (manifest.IrVersion < 1)
        {
            yield return $"irVersion: expected above 0, found {manifest.IrVersion}";
        }

        if (!Enum.IsDefined(manifest.Precision))
        {
            yield return $"precision: unknown precision {manifest.Precision}";
        }
    }

    /// <summary>Only bytes have another layout, and graphs that take bytes know what to make of them.</summary>
    private static IEnumerable<string> InputFaults(BundleManifest manifest)
    {
        var (type, layout) = (manifest.Input.Type, manifest.Input.Layout);
        if (!Enum.IsDefined(type) || !Enum.IsDefined(layout))
        {
            yield return $"input: unknown type {type} or layout {layout}";
        }

        if (type == NumberType.F32 && layout == ImageLayout.Nhwc)
        {
            yield return "input: expected the layout nchw of float32, found nhwc";
        }

        if (type == NumberType.U8 && manifest.Preprocessing is null)
        {
            yield return "input: expected the preprocessing that its graphs apply to uint8, found none";
        }
    }

    private static IEnumerable<string> TensorFaults(string what, BundleTensor? tensor, int rank)
    {
        if (tensor is null)
        {
            yield break;
        }

        if (!Names.IsValid(tensor.Name))
        {
            yield return $"{what}: expected a name of {Names.Rule}, found '{Excerpt.Of(tensor.Name)}'";
        }

        if (tensor.Shape.Count != rank || tensor.Shape.Any(length => length <= 0))
        {
            yield return $"{what}: expected {rank} lengths above 0, found {Excerpt.Of(tensor.Shape)}";
        }
        else if (tensor.Shape.Aggregate(1.0, (product, length) => product * length) > int.MaxValue)
        {
            yield return $"{what}: expected at most {int.MaxValue} elements, found {Excerpt.Of(tensor.Shape)}";
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
            if (!Names.IsValid(file.Name) || SameFile.Equals(file.Name, BundleFormat.ManifestFile) || SameFile.Equals(file.Name, BundleFormat.ManifestHashFile))
            {
                yield return $"files: '{Excerpt.Of(file.Name)}' is not the name of a file in the bundle's folder";
            }

            if (file.Bytes < 0 || file.Sha256.Length != 64 || file.Sha256.AsSpan().ContainsAnyExcept(LowerHex))
            {
                yield return $"files: '{Excerpt.Of(file.Name)}': expected a size and 64 lower-case hexadecimal digits, found {file.Bytes} and '{Excerpt.Of(file.Sha256)}'";
            }
        }

        if (manifest.Files.DistinctBy(file => file.Name, SameFile).Count() != manifest.Files.Count)
        {
            yield return "files: a name is listed twice";
        }

        var listed = manifest.Files.Select(file => file.Name).ToHashSet();
        foreach (var name in manifest.References.Where(name => !listed.Contains(name)).Distinct())
        {
            yield return $"files: '{Excerpt.Of(name)}' is referred to and not listed";
        }

        var data = manifest.References.Select(BundleFormat.DataFile).ToHashSet();
        foreach (var file in manifest.Files.Where(file => file.Name.EndsWith($".onnx{BundleFormat.DataSuffix}", StringComparison.Ordinal) && !data.Contains(file.Name)))
        {
            yield return $"files: '{file.Name}' holds weights of a graph that is not referred to";
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
                yield return $"subnets: expected a name of {Names.Rule}, found '{Excerpt.Of(subnet.Name)}'";
            }

            var missing = manifest.Layout == BundleLayout.SharedTrunk ? subnet.Tail is null : subnet.Full is null;
            if (missing)
            {
                yield return $"subnet '{Excerpt.Of(subnet.Name)}': expected {(manifest.Layout == BundleLayout.SharedTrunk ? "a tail" : "a full graph")}, found none";
            }
        }

        foreach (var fault in subnets.SelectMany(NumberFaults))
        {
            yield return fault;
        }

        foreach (var (cheap, dear) in subnets.Zip(subnets.Skip(1)).Where(pair => pair.First.MAdds >= pair.Second.MAdds))
        {
            yield return $"subnets: expected rising cost, found '{Excerpt.Of(cheap.Name)}' with {cheap.MAdds} MAdds before '{Excerpt.Of(dear.Name)}' with {dear.MAdds}";
        }
    }

    private static IEnumerable<string> NumberFaults(BundleSubnet subnet)
    {
        if (subnet.MAdds < 0)
        {
            yield return $"subnet '{Excerpt.Of(subnet.Name)}': expected madds from 0 up, found {subnet.MAdds}";
        }

        if (subnet.Parameters < 0)
        {
            yield return $"subnet '{Excerpt.Of(subnet.Name)}': expected parameters from 0 up, found {subnet.Parameters}";
        }

        if (subnet.Top1 is not (null or (>= 0 and <= 100)))
        {
            yield return $"subnet '{Excerpt.Of(subnet.Name)}': expected top1 in 0..100, found {subnet.Top1}";
        }
    }

    private static IEnumerable<string> GateFaults(BundleManifest manifest)
    {
        if (manifest.Layout == BundleLayout.SharedTrunk && (manifest.Gate is null || manifest.Features is null))
        {
            yield return "gate: the shared-trunk layout expects a gate and features";
        }

        if (manifest is { Gate: null, Routed: { } routed })
        {
            yield return $"routed: expected none without a gate, found '{Excerpt.Of(routed)}'";
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

        if (gate.MAdds < 0)
        {
            yield return $"gate: expected madds from 0 up, found {gate.MAdds}";
        }

        foreach (var fault in OperatingPoint.FaultsOf(gate.OperatingPoints, manifest.GateLogits?.Shape is [var offsets] ? offsets : gate.Candidates.Count))
        {
            yield return $"gate: {fault}";
        }

        if (!Enum.IsDefined(gate.Policy))
        {
            yield return $"gate: unknown policy {gate.Policy}";
        }

        var subnets = manifest.Subnets.Select(subnet => subnet.Name).ToHashSet();
        foreach (var candidate in gate.Candidates.Where(candidate => !subnets.Contains(candidate)))
        {
            yield return $"gate: its candidate '{Excerpt.Of(candidate)}' is not a subnet of the bundle";
        }
    }

    private static IEnumerable<string> LabelFaults(BundleManifest manifest) =>
        manifest.Labels is { } labels && manifest.Logits.Shape is [var classes] && labels.Count != classes
            ? [$"labels: expected {classes}, found {labels.Count}"]
            : [];

    private static IEnumerable<string> NullFaults<T>(string what, IReadOnlyList<T?>? list)
        where T : class => list?.Any(item => item is null) ?? false ? [$"{what}: found null in the list"] : [];
}
