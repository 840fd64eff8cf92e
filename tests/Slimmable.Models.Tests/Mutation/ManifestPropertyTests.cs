using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Models.Tests;

public sealed class ManifestPropertyTests : IDisposable
{
    private const string Letters = "abcXYZ019_-";

    private static readonly Gen<string> Names =
        from first in Gen.Elements("abcXYZ019".ToCharArray())
        from rest in Gen.Elements(Letters.ToCharArray()).ArrayOf()
        from dotted in Gen.Elements("", ".x", ".onnx")
        select $"{first}{string.Concat(rest.Take(100))}{dotted}";

    private static readonly Gen<string> Texts =
        from runes in Gen.Frequency((4, Gen.Choose(0, 0x7F)), (1, Gen.Choose(0xA0, 0xD7FF)), (1, Gen.Choose(0xE000, 0x10FFFF))).ListOf()
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    private static readonly Gen<double> Percents = Gen.Choose(0, 1_000_000).Select(value => value / 10_000.0);

    private static readonly Gen<BundleManifest> Manifests =
        from shared in ArbMap.Default.GeneratorFor<bool>()
        from names in Names.ListOf().Select(list => list.Prepend("one").Distinct(StringComparer.OrdinalIgnoreCase).Take(12).ToArray())
        from model in Names
        from tool in Texts
        from dataSet in Texts.OrNull()
        from input in Gen.Choose(1, 600).ArrayOf(3)
        from features in Gen.Choose(1, 600).ArrayOf(3)
        from labels in Texts.ArrayOf().OrNull()
        from costs in Gen.Choose(0, 1_000_000).ArrayOf(names.Length)
        from accuracies in Percents.ArrayOf(names.Length)
        from means in Percents.ArrayOf(input[0])
        from offsets in Gen.Choose(-1000, 1000).Select(value => value / 8f).ArrayOf(names.Length)
        from bytes in ArbMap.Default.GeneratorFor<NonNegativeInt>()
        let classes = labels?.Length ?? 10
        where classes > 0
        select Make(shared, names, model, tool, dataSet, input, features, labels, classes, costs, accuracies, means, offsets, bytes.Get);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_valid_manifest_says_survives_writing_and_reading() => Prop.ForAll(Manifests.ToArbitrary(), manifest =>
    {
        ManifestFile.Write(folder.Path, manifest);

        Assert.Equivalent(manifest, ManifestFile.Read(folder.Path), strict: true);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static BundleManifest Make(
        bool shared,
        string[] names,
        string model,
        string tool,
        string? dataSet,
        int[] input,
        int[] features,
        string[]? labels,
        int classes,
        int[] costs,
        double[] accuracies,
        double[] means,
        float[] offsets,
        int bytes)
    {
        var sums = costs.Select((cost, index) => costs.Take(index).Sum(value => (long)value + 1) + cost).ToArray();
        var subnets = names.Select((name, index) => new BundleSubnet(
            name, sums[index], costs[index], accuracies[index], shared ? $"subnet-{name}" : null, shared && index % 2 == 0 ? null : $"full-{name}"));
        var gate = new BundleGate("gate.onnx", costs[0], names, RoutingPolicyKind.Argmax, [new(0.5, new float[names.Length]), new(0.25, offsets)]);
        var manifest = TinyManifest.SharedTrunk with
        {
            Tool = tool,
            Model = model,
            DataSet = dataSet,
            Layout = shared ? BundleLayout.SharedTrunk : BundleLayout.Standalone,
            Input = new("input", input),
            Logits = new("logits", [classes]),
            Features = shared ? new("features", features) : null,
            GateLogits = new("gate_logits", [names.Length]),
            Preprocessing = new Preprocessing(1.0 / 255, means, [.. means.Select(mean => mean + 0.1)]),
            Labels = labels,
            Subnets = [.. subnets],
            Gate = gate,
        };
        return manifest with { Files = [.. manifest.References.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => TinyManifest.File(name) with { Bytes = bytes })] };
    }
}
