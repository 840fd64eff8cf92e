using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>Compares two bundles as their consumers see them: manifests, graphs, weights, metadata, and answers to the first one's golden inputs.</summary>
internal sealed class BundleDiff
{
    private readonly Bundle left;
    private readonly Bundle right;

    /// <summary>Opens both.</summary>
    /// <exception cref="InvalidFileException">One of them is no bundle, or a file of it is missing or of another size than it says.</exception>
    public BundleDiff(string left, string right)
    {
        this.left = Bundle.Open(left, verifyHashes: false);
        this.right = Bundle.Open(right, verifyHashes: false);
    }

    /// <summary>Every difference, file by file.</summary>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="SlimmableException">A file cannot be read, or ONNX Runtime does not run a graph.</exception>
    public IReadOnlyList<Difference> Run(CancellationToken cancellation)
    {
        List<Difference> differences = [.. Manifests()];
        var (here, there) = (FilesOf(left), FilesOf(right));
        differences.AddRange(here.Except(there).Select(file => new Difference(file, "file", "in the first only")));
        differences.AddRange(there.Except(here).Select(file => new Difference(file, "file", "in the second only")));
        var changed = here.Intersect(there).Where(IsChanged).ToHashSet();
        foreach (var file in here.Intersect(there).Where(file => IsGraph(file) && changed.Any(name => name == file || name.StartsWith($"{file}.", StringComparison.Ordinal))))
        {
            cancellation.ThrowIfCancellationRequested();
            differences.AddRange(ModelDiff.Compare(left.PathOf(file), right.PathOf(file)));
        }

        differences.AddRange(Answers(changed, cancellation));
        return [.. differences, .. changed.Where(file => differences.All(difference => !IsPartOf(file, difference.File))).Select(file => new Difference(file, "file", "other bytes that mean the same"))];
    }

    private static IReadOnlyList<string> FilesOf(Bundle bundle) => [.. bundle.Manifest.Files.Select(file => file.Name)];

    private static bool IsGraph(string file) => file.EndsWith(".onnx", StringComparison.Ordinal);

    /// <summary>Whether a difference in a graph explains one of a file: the graph's own, or one that it keeps weights in.</summary>
    private static bool IsPartOf(string file, string graph) => file == graph || file.StartsWith($"{graph}.", StringComparison.Ordinal);

    private bool IsChanged(string file)
    {
        using var first = File.OpenRead(left.PathOf(file));
        using var second = File.OpenRead(right.PathOf(file));
        return first.Length != second.Length
            || !SHA256.HashData(first).AsSpan().SequenceEqual(SHA256.HashData(second));
    }

    /// <summary>All but the list of files, which are compared themselves.</summary>
    private List<Difference> Manifests()
    {
        using var first = JsonDocument.Parse(File.ReadAllBytes(left.PathOf(BundleFormat.ManifestFile)));
        using var second = JsonDocument.Parse(File.ReadAllBytes(right.PathOf(BundleFormat.ManifestFile)));
        var (here, there) = (LeavesOf(first.RootElement, "$").ToDictionary(), LeavesOf(second.RootElement, "$").ToDictionary());
        return [.. here.Keys.Union(there.Keys)
            .Where(place => !place.StartsWith("$.files[", StringComparison.Ordinal) && here.GetValueOrDefault(place) != there.GetValueOrDefault(place))
            .Select(place => new Difference(
                BundleFormat.ManifestFile,
                "manifest",
                $"{place}: {here.GetValueOrDefault(place, "none")} in the first, {there.GetValueOrDefault(place, "none")} in the second"))];
    }

    private static IEnumerable<KeyValuePair<string, string>> LeavesOf(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => LeavesOf(member.Value, $"{place}.{member.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => LeavesOf(item, $"{place}[{index}]")),
        _ => [new(place, value.GetRawText())],
    };

    /// <summary>What the graphs that changed answer. Both bundles' tails start from the first one's features.</summary>
    private IEnumerable<Difference> Answers(HashSet<string> changed, CancellationToken cancellation)
    {
        List<Finding> findings = [];
        var (manifest, other) = (left.Manifest, right.Manifest);
        if (manifest.Golden is not { } golden || GoldenTensors.Read(left.PathOf(golden), manifest, findings) is not { Input: var input } || !IsSame(manifest.Input, other.Input))
        {
            yield break;
        }

        Samples? features = null;
        if (manifest.Gate is { } gate)
        {
            using var graph = OnnxGraph.Load(left.PathOf(gate.File));
            features = manifest.Features is { } tensor ? Samples.Of(graph.Run(input.Data, input.Shape)[tensor.Name]) : null;
        }

        var inputs = manifest.Subnets.Where(subnet => subnet.Tail is not null && features is not null && IsSame(manifest.Features, other.Features))
            .Select(subnet => (File: subnet.Tail!, Input: features!))
            .Concat(manifest.Subnets.Select(subnet => subnet.Full).Append(manifest.Gate?.File).Append(manifest.Routed).OfType<string>().Select(file => (File: file, Input: input)));
        foreach (var (file, samples) in inputs.Where(pair => changed.Contains(pair.File)))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var difference in Answers(file, samples))
            {
                yield return difference;
            }
        }
    }

    private static bool IsSame(BundleTensor? left, BundleTensor? right) => left?.Name == right?.Name && left?.NumberType == right?.NumberType && (left?.Shape ?? []).SequenceEqual(right?.Shape ?? []);

    private List<Difference> Answers(string file, Samples input)
    {
        var (first, second) = (Run(left, file, input), Run(right, file, input));
        return [.. first.Keys.Intersect(second.Keys).Select(name => (Name: name, Message: TextOf(first[name].Values, second[name].Values)))
            .Where(pair => pair.Message is not null)
            .Select(pair => new Difference(file, "answers", $"'{pair.Name}': {pair.Message}"))];
    }

    private static IReadOnlyDictionary<string, GraphOutput> Run(Bundle bundle, string file, Samples input)
    {
        using var graph = OnnxGraph.Load(bundle.PathOf(file));
        return graph.Run(input.Data, input.Shape);
    }

    private static string? TextOf(float[] left, float[] right)
    {
        if (left.Length != right.Length)
        {
            return $"{left.Length} numbers in the first, {right.Length} in the second";
        }

        var largest = left.Zip(right, (first, second) => first.Equals(second) ? 0 : MathF.Abs(first - second)).DefaultIfEmpty().Max();
        return largest == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"differ by at most {largest:0.0e+0}");
    }
}
