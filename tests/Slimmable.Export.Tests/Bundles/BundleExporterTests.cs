using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class BundleExporterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint checkpoint = RandomCheckpoint.Of(TinyGraphs.EveryOperator(), golden: true);

    private string Bundle => folder.File("bundle");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_checkpoint_and_options_give_the_same_bytes()
    {
        var options = new ExportOptions { Full = true, Routed = true };
        BundleExporter.Export(checkpoint, Bundle, options);
        BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator(), golden: true), folder.File("again"), options);

        var (first, second) = (ContentOf(Bundle), ContentOf(folder.File("again")));
        Assert.Equal(11, first.Count);
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first.Keys, name => Assert.Equal(first[name], second[name]));
    }

    [Fact]
    public void The_manifest_describes_what_is_there()
    {
        var manifest = BundleExporter.Export(checkpoint, Bundle, new ExportOptions { Tool = "tool", ToolVersion = "9.8" });

        Assert.Equal(("tool 9.8", "every-operator", "none", BundleLayout.SharedTrunk, 17, 8), (manifest.Tool, manifest.Model, manifest.DataSet, manifest.Layout, manifest.Opset, manifest.IrVersion));
        Assert.Equivalent(new BundleTensor("input", [2, 7, 6]), manifest.Input);
        Assert.Equivalent(new BundleTensor("features", [3, 7, 6]), manifest.Features);
        Assert.Equivalent(new BundleTensor("gate_logits", [2]), manifest.GateLogits);
        Assert.Equivalent(new BundleTensor("logits", [4]), manifest.Logits);
        Assert.Equal(["narrow", "wide"], manifest.Gate!.Candidates);
        Assert.Equal(CostModel.OfGate(checkpoint.Graph, checkpoint.Graph.Gate!).MAdds, manifest.Gate.MAdds);
        var cost = CostModel.Of(checkpoint.Graph, checkpoint.Graph.Subnet("middle"));
        Assert.Equal(new BundleSubnet("middle", cost.MAdds, cost.Parameters, Tail: "subnet-middle.onnx"), manifest.Subnets[1]);
        Assert.Equal(["gate.onnx", "golden.safetensors", "subnet-middle.onnx", "subnet-narrow.onnx", "subnet-wide.onnx"], manifest.Files.Select(file => file.Name));
        foreach (var file in manifest.Files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Bundle, file.Name));
            Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Bytes, file.Sha256));
        }

        Assert.Equivalent(manifest, ManifestFile.Read(Bundle), strict: true);
        ManifestHash.Check(Bundle);
        Assert.Empty(ModelChecker.CheckBundle(Bundle, manifest));
    }

    [Fact]
    public void Measured_accuracy_preprocessing_and_labels_travel_along()
    {
        var info = new CheckpointInfo
        {
            Labels = ["a", "b", "c", "d"],
            Preprocessing = new Preprocessing(1 / 255.0, [0.5, 0.5], [0.25, 0.25]),
            Accuracy = new AccuracyReport(10, [new SubnetAccuracy("wide", 91.5)], []),
        };

        var manifest = BundleExporter.Export(checkpoint with { Info = info }, Bundle, new ExportOptions());

        Assert.Equal(info.Labels, manifest.Labels);
        Assert.Equal(info.Preprocessing, manifest.Preprocessing);
        Assert.Equal([null, null, 91.5], manifest.Subnets.Select(subnet => subnet.Top1));
    }

    [Fact]
    public void Only_chosen_subnets_are_written_cheap_ones_first()
    {
        var manifest = BundleExporter.Export(checkpoint, Bundle, new ExportOptions { Subnets = ["wide", "narrow"] });

        Assert.Equal(["narrow", "wide"], manifest.Subnets.Select(subnet => subnet.Name));
        using var golden = SafetensorsFile.Open(Path.Combine(Bundle, manifest.Golden!));
        Assert.Equal(["gate_logits", "input", "logits.narrow", "logits.wide"], golden.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(checkpoint.Golden!.Logits["wide"], golden.Singles(BundleFormat.GoldenLogits("wide")));
    }

    [Fact]
    public void Without_a_gate_each_subnet_stands_alone_and_awkward_names_do_no_harm()
    {
        var manifest = BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()), Bundle, new ExportOptions());

        Assert.Equal(BundleLayout.Standalone, manifest.Layout);
        Assert.Null(manifest.Gate);
        Assert.Null(manifest.Features);
        Assert.Null(manifest.Golden);
        Assert.Equal(["full-narrow.onnx", "full-wide.onnx"], manifest.Files.Select(file => file.Name));
        Assert.Empty(ModelChecker.CheckBundle(Bundle, manifest));
        PythonOnnx.Check(Directory.GetFiles(Bundle, "*.onnx"));
    }

    [Fact]
    public void With_a_gate_too_each_subnet_can_stand_alone()
    {
        var manifest = BundleExporter.Export(checkpoint, Bundle, new ExportOptions { Layout = BundleLayout.Standalone });

        Assert.Equal(BundleLayout.Standalone, manifest.Layout);
        Assert.Null(manifest.Features);
        Assert.Equal("gate.onnx", manifest.Gate!.File);
        Assert.All(manifest.Subnets, subnet => Assert.Equal((null, $"full-{subnet.Name}.onnx"), (subnet.Tail, subnet.Full)));
        Assert.Equal(
            ["full-middle.onnx", "full-narrow.onnx", "full-wide.onnx", "gate.onnx", "golden.safetensors"], manifest.Files.Select(file => file.Name));
        Assert.Empty(ModelChecker.CheckBundle(Bundle, manifest));
        PythonOnnx.Check(Directory.GetFiles(Bundle, "*.onnx"));
    }

    [Theory]
    [InlineData(BundleLayout.SharedTrunk)]
    [InlineData(BundleLayout.Standalone)]
    public void One_graph_can_hold_the_gate_and_all_that_it_chooses_from(BundleLayout layout)
    {
        var manifest = BundleExporter.Export(checkpoint, Bundle, new ExportOptions { Layout = layout, Routed = true });

        Assert.Equal("routed.onnx", manifest.Routed);
        Assert.Contains(manifest.Files, file => file.Name == "routed.onnx");
        Assert.Empty(ModelChecker.CheckBundle(Bundle, manifest));
        PythonOnnx.Check([Path.Combine(Bundle, "routed.onnx")]);
    }

    [Fact]
    public void Without_a_gate_there_is_nothing_to_route()
    {
        var fault = Assert.Throws<InvalidOptionsException>(
            () => BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()), Bundle, new ExportOptions { Routed = true, Layout = (BundleLayout)7 }));

        Assert.Equal(["layout: unknown layout 7", "routed: expected a network with a gate, found that 'awkward-names' has none"], fault.Faults);
    }

    [Fact]
    public void A_trunk_that_hands_on_its_input_is_a_valid_file()
    {
        var manifest = BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EmptyTrunk()), Bundle, new ExportOptions());

        Assert.Empty(ModelChecker.CheckBundle(Bundle, manifest));
        PythonOnnx.Check(Directory.GetFiles(Bundle, "*.onnx"));
    }

    [Fact]
    public void All_faults_of_the_options_are_listed()
    {
        var options = new ExportOptions { Subnets = ["narrow", "narrow", "teacher", "huge"], ToolVersion = " " };

        var fault = Assert.Throws<InvalidOptionsException>(() => BundleExporter.Export(checkpoint, Bundle, options));

        Assert.Equal(
            "export: subnet 'teacher': expected one of narrow, middle, wide; subnet 'huge': expected one of narrow, middle, wide; "
            + "subnet 'narrow': expected once, found 2 times; subnet 'wide': expected, the gate can choose it, found none; "
            + "tool: expected a name and a version, found 'slimmable' and ' '",
            fault.Message);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void No_subnet_at_all_is_a_fault()
    {
        var options = new ExportOptions { Subnets = [] };
        var fault = Assert.Throws<InvalidOptionsException>(() => BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()), Bundle, options));
        Assert.Equal(["subnets: expected at least one, found none"], fault.Faults);
    }

    [Fact]
    public void Progress_tells_of_every_file()
    {
        var progress = new Recorder();

        BundleExporter.Export(checkpoint, Bundle, new ExportOptions(), progress);

        Assert.Equal([("gate.onnx", 1, 5), ("subnet-narrow.onnx", 2, 5)], progress.Seen.Take(2).Select(seen => (seen.File, seen.Done, seen.Total)));
        Assert.Equal(new ExportProgress("golden.safetensors", 5, 5), progress.Seen[^1]);
    }

    private static SortedDictionary<string, byte[]> ContentOf(string path) =>
        new(Directory.GetFiles(path).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes));
}
