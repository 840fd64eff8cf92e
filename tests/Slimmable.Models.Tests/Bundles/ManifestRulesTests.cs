using System.Text.Json;

namespace Slimmable.Models.Tests;

public sealed class ManifestRulesTests : IDisposable
{
    private const string NameRule = "1 to 128 letters, digits, '_', '-' or single '.', starting with a letter or digit";

    private static readonly BundleManifest Tiny = TinyManifest.SharedTrunk;

    /// <summary>What is broken, how, and all that is said about it.</summary>
    private static readonly Dictionary<string, (BundleManifest Broken, string[] Faults)> Cases = new()
    {
        ["model name"] = (Tiny with { Model = "a/b" }, [$"model: expected a name of {NameRule}, found 'a/b'"]),
        ["opset and IR version"] = (
            Tiny with { Opset = 0, IrVersion = -1 }, ["opset: expected above 0, found 0", "irVersion: expected above 0, found -1"]),

        ["input name"] = (Tiny with { Input = Tiny.Input with { Name = "in put" } }, [$"input: expected a name of {NameRule}, found 'in put'"]),
        ["input of another rank"] = (
            Tiny with { Input = Tiny.Input with { Shape = [4, 6] } }, ["input: expected 3 lengths above 0, found [4, 6]"]),
        ["input without pixels"] = (
            Tiny with { Input = Tiny.Input with { Shape = [1, 0, 6] } }, ["input: expected 3 lengths above 0, found [1, 0, 6]"]),
        ["input larger than memory"] = (
            Tiny with { Input = Tiny.Input with { Shape = [1, 65_536, 65_536] } },
            ["input: expected at most 2147483647 elements, found [1, 65536, 65536]"]),
        ["floats with the channels last"] = (
            Tiny with { Input = new("input", [4, 6, 1], NumberType.F32, ImageLayout.Nhwc) }, ["input: expected the layout nchw of float32, found nhwc"]),
        ["pixels that nobody knows to preprocess"] = (
            Tiny with { Input = Tiny.Input with { Type = NumberType.U8 }, Preprocessing = null },
            ["input: expected the preprocessing that its graphs apply to uint8, found none"]),
        ["pixels of other channels"] = (
            Tiny with { Input = new("input", [1, 4, 6], NumberType.U8, ImageLayout.Nhwc) },
            ["preprocessing.mean: expected 6 finite numbers, found [0.286]", "preprocessing.std: expected 6 numbers above 0, found [0.353]"]),
        ["logits"] = (
            Tiny with { Labels = null, Logits = new("", [-3]) },
            [$"logits: expected a name of {NameRule}, found ''", "logits: expected 1 lengths above 0, found [-3]"]),
        ["features"] = (Tiny with { Features = new("features", [2]) }, ["features: expected 3 lengths above 0, found [2]"]),
        ["scores"] = (Tiny with { GateLogits = new("gate_logits", []) }, ["gateLogits: expected 1 lengths above 0, found []"]),

        ["preprocessing of other channels"] = (
            Tiny with { Preprocessing = new(-1, [0, 0], [0]) },
            [
                "preprocessing.scale: expected above 0, found -1",
                "preprocessing.mean: expected 1 finite numbers, found [0, 0]",
                "preprocessing.std: expected 1 numbers above 0, found [0]",
            ]),
        ["too few labels"] = (Tiny with { Labels = ["a"] }, ["labels: expected 3, found 1"]),

        ["no subnets"] = (
            TinyManifest.Standalone with { Subnets = [] }, ["subnets: expected 1 to 10000, found 0"]),
        ["subnet twice"] = (
            TinyManifest.Standalone with { Subnets = [TinyManifest.Standalone.Subnets[0], TinyManifest.Standalone.Subnets[0] with { MAdds = 800 }] },
            ["subnets: a name is used twice"]),
        ["subnet name"] = (
            TinyManifest.Standalone with { Subnets = [TinyManifest.Standalone.Subnets[0] with { Name = "../x" }] },
            [$"subnets: expected a name of {NameRule}, found '../x'"]),
        ["subnet without a tail"] = (
            Tiny with { Subnets = [Tiny.Subnets[0], Tiny.Subnets[1] with { Tail = null }] }, ["subnet 'wide': expected a tail, found none"]),
        ["subnet without a graph of its own"] = (
            TinyManifest.Standalone with { Subnets = [TinyManifest.Standalone.Subnets[0] with { Full = null }] },
            ["subnet 'only': expected a full graph, found none"]),
        ["subnet of impossible numbers"] = (
            Tiny with { Subnets = [Tiny.Subnets[0] with { MAdds = -1, Parameters = -2, Top1 = 100.5 }, Tiny.Subnets[1]] },
            [
                "subnet 'narrow': expected madds from 0 up, found -1",
                "subnet 'narrow': expected parameters from 0 up, found -2",
                "subnet 'narrow': expected top1 in 0..100, found 100.5",
            ]),
        ["subnets of one cost"] = (
            Tiny with { Subnets = [Tiny.Subnets[0] with { MAdds = 1032 }, Tiny.Subnets[1]] },
            ["subnets: expected rising cost, found 'narrow' with 1032 MAdds before 'wide' with 1032"]),

        ["shared trunk without a gate"] = (
            Tiny with { Gate = null, GateLogits = null }, ["gate: the shared-trunk layout expects a gate and features"]),
        ["shared trunk without features"] = (Tiny with { Features = null }, ["gate: the shared-trunk layout expects a gate and features"]),
        ["gate without scores"] = (Tiny with { GateLogits = null }, ["gate: expected a gate and its gateLogits, or neither"]),
        ["scores without a gate"] = (
            TinyManifest.Standalone with { GateLogits = new("gate_logits", [1]) }, ["gate: expected a gate and its gateLogits, or neither"]),
        ["fewer candidates than scores"] = (
            Tiny with { Gate = Tiny.Gate! with { Candidates = ["wide"] } }, ["gate: expected a candidate for each of 2 scores, found 1"]),
        ["no candidates"] = (
            Tiny with { Gate = Tiny.Gate! with { Candidates = [] } },
            ["gate: expected a candidate for each of 2 scores, found 0", "gate: expected candidates, each listed once"]),
        ["candidate twice"] = (
            Tiny with { Gate = Tiny.Gate! with { Candidates = ["wide", "wide"] } }, ["gate: expected candidates, each listed once"]),
        ["candidate that is no subnet"] = (
            Tiny with { Gate = Tiny.Gate! with { Candidates = ["narrow", "nowhere"] } }, ["gate: its candidate 'nowhere' is not a subnet of the bundle"]),
        ["gate of impossible cost"] = (
            Tiny with { Gate = Tiny.Gate! with { MAdds = -1 } }, ["gate: expected madds from 0 up, found -1"]),

        ["files that are not listed"] = (
            Tiny with { Files = [Tiny.Files[1], Tiny.Files[3]] },
            [
                "files: 'full-narrow.onnx' is referred to and not listed",
                "files: 'subnet-wide.onnx' is referred to and not listed",
                "files: 'golden.safetensors' is referred to and not listed",
            ]),
        ["file twice"] = (Tiny with { Files = [.. Tiny.Files, Tiny.Files[0]] }, ["files: a name is listed twice"]),
        ["files that differ in case, as on some systems they do not"] = (
            Tiny with { Files = [.. Tiny.Files, Tiny.Files[0] with { Name = "Full-narrow.onnx" }] }, ["files: a name is listed twice"]),
        ["file of negative size"] = (
            Tiny with { Files = [Tiny.Files[0] with { Bytes = -1 }, .. Tiny.Files.Skip(1)] },
            [$"files: 'full-narrow.onnx': expected a size and 64 lower-case hexadecimal digits, found -1 and '{new string('a', 64)}'"]),
        ["hash in capitals"] = (
            Tiny with { Files = [Tiny.Files[0] with { Sha256 = new string('A', 64) }, .. Tiny.Files.Skip(1)] },
            [$"files: 'full-narrow.onnx': expected a size and 64 lower-case hexadecimal digits, found 5 and '{new string('A', 64)}'"]),
        ["hash cut short"] = (
            Tiny with { Files = [Tiny.Files[0] with { Sha256 = "ab" }, .. Tiny.Files.Skip(1)] },
            ["files: 'full-narrow.onnx': expected a size and 64 lower-case hexadecimal digits, found 5 and 'ab'"]),
        ["weights of no graph"] = (
            Tiny with { Files = [.. Tiny.Files, TinyManifest.File("full-wide.onnx.data"), TinyManifest.File("gate.onnx.data")] },
            ["files: 'full-wide.onnx.data' holds weights of a graph that is not referred to"]),
        ["too many files"] = (
            Tiny with { Files = [.. Enumerable.Range(0, 10_001).Select(index => TinyManifest.File($"{index}"))] },
            ["files: expected at most 10000, found 10001"]),

        ["nulls in lists"] = (
            Tiny with { Subnets = [null!], Files = [null!], Labels = [null!], Gate = Tiny.Gate! with { Candidates = [null!] } },
            ["subnets: found null in the list", "files: found null in the list", "gate.candidates: found null in the list", "labels: found null in the list"]),
    };

    private readonly TempFolder folder = new();

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void A_broken_rule_is_named_and_nothing_else(string name)
    {
        var (broken, faults) = Cases[name];

        var refusedToWrite = Assert.Throws<InvalidOptionsException>(() => ManifestFile.Write(folder.Path, broken));
        Assert.Equal(faults, refusedToWrite.Faults);
        Assert.Equal($"manifest.json: {string.Join("; ", faults)}", refusedToWrite.Message);
        Assert.Empty(folder.Names);

        folder.Write("manifest.json", JsonSerializer.SerializeToUtf8Bytes(broken, ModelsJson.Indented.BundleManifest));
        var refusedToRead = Assert.Throws<InvalidFileException>(() => ManifestFile.Read(folder.Path));
        Assert.Equal($"{folder.File("manifest.json")}: {string.Join("; ", faults)}", refusedToRead.Message);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("C:x")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x\0")]
    [InlineData("x.onnx ")]
    [InlineData("x.")]
    [InlineData("~")]
    [InlineData("manifest.json")]
    [InlineData("MANIFEST.json")]
    public void A_file_cannot_lie_outside_the_folder_or_be_the_manifest(string name)
    {
        var broken = Tiny with { Files = [.. Tiny.Files, TinyManifest.File(name)] };

        var fault = Assert.Throws<InvalidOptionsException>(() => ManifestFile.Write(folder.Path, broken));

        Assert.Equal([$"files: '{name}' is not the name of a file in the bundle's folder"], fault.Faults);
    }

    [Fact]
    public void What_files_cannot_say_is_refused_on_writing()
    {
        AssertRefused(Tiny with { FormatVersion = 2 }, "formatVersion: expected 1, found 2");
        AssertRefused(Tiny with { Layout = (BundleLayout)7, Subnets = [.. Tiny.Subnets.Select(subnet => subnet with { Full = subnet.Tail })] }, "layout: unknown layout 7");
        AssertRefused(Tiny with { Input = Tiny.Input with { Type = (NumberType)7 } }, "input: unknown type 7 or layout Nchw");
        AssertRefused(Tiny with { Precision = (GraphPrecision)7 }, "precision: unknown precision 7");
        AssertRefused(Tiny with { Gate = Tiny.Gate! with { Policy = (RoutingPolicyKind)7 } }, "gate: unknown policy 7");
        AssertRefused(
            Tiny with { Subnets = [Tiny.Subnets[0] with { Top1 = double.NaN }, Tiny.Subnets[1]] }, "subnet 'narrow': expected top1 in 0..100, found NaN");
    }

    [Fact]
    public void Faults_of_all_parts_are_listed_together()
    {
        var broken = Tiny with { Opset = 0, Input = new("", [1, 4, 6]), Labels = [], Files = [], Golden = "../golden" };

        var fault = Assert.Throws<InvalidOptionsException>(() => ManifestFile.Write(folder.Path, broken));

        Assert.Equal(
            ["opset", "input", "files", "files", "files", "files", "files", "labels"], fault.Faults.Select(line => line.Split(':')[0]));
    }

    private void AssertRefused(BundleManifest broken, string expected) =>
        Assert.Equal([expected], Assert.Throws<InvalidOptionsException>(() => ManifestFile.Write(folder.Path, broken)).Faults);
}
