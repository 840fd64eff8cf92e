using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class ModelCheckerTests : IDisposable
{
    private static readonly BundleTensor Input = new("input", [2, 7, 6]);
    private static readonly BundleTensor Logits = new("logits", [4]);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Faults => [.. SeededFaults.All.Select(fault => fault.Name)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_good_model_has_no_faults() => Assert.Empty(ModelChecker.Check(Save(Model()), [Input], [Logits]));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_seeded_fault_is_found(string name)
    {
        var (model, fault) = (Model(), SeededFaults.All.Single(fault => fault.Name == name));
        fault.Break(model);

        Assert.Contains(fault.Rule.At("model.onnx", fault.Message), ModelChecker.Check(Save(model)));
    }

    [Fact]
    public void Ports_are_held_against_what_was_promised()
    {
        var findings = ModelChecker.Check(Save(Model()), [Input with { Shape = [3, 7, 6] }], [Logits with { Name = "scores" }]);

        Assert.Equal(
            [
                "input 'input': expected float [batch, 3, 7, 6], found float [N, 2, 7, 6]",
                "output 'logits': expected 'scores'",
                "output 'scores': expected float [batch, 4], found no such one",
            ],
            findings.Select(finding => finding.Message));
        Assert.All(findings, finding => Assert.Equal(FindingRules.GraphPorts.Id, finding.Id));
    }

    [Fact]
    public void A_fixed_batch_is_not_what_was_promised()
    {
        var model = Model();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;

        Assert.Contains(
            FindingRules.GraphPorts.At("model.onnx", "input 'input': expected float [batch, 2, 7, 6], found float [1, 2, 7, 6]"),
            ModelChecker.Check(Save(model), [Input], [Logits]));
    }

    [Fact]
    public void Many_faults_are_cut_and_counted()
    {
        var model = Model();
        model.Graph.Node.AddRange(Enumerable.Range(0, 500).Select(index => new NodeProto { Name = $"n{index}", OpType = "Nothing" }));

        var findings = ModelChecker.Check(Save(model));

        Assert.Equal(101, findings.Count);
        Assert.Equal(FindingRules.More.At("model.onnx", "and 400 more findings"), findings[^1]);
    }

    [Fact]
    public void A_hostile_name_stays_on_one_short_line()
    {
        var model = Model();
        model.Graph.Node[0].OpType = $"\r\n\u001b[31m{new string('x', 4_000)}";

        Assert.All(ModelChecker.Check(Save(model)), finding =>
        {
            Assert.DoesNotContain(finding.Message, char.IsControl);
            Assert.True(finding.Message.Length < 1000);
        });
    }

    [Fact]
    public void A_whole_bundle_is_checked_file_by_file_against_its_manifest()
    {
        var bundle = folder.File("bundle");
        var manifest = BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator()), bundle, new ExportOptions { Full = true });
        File.Copy(Path.Combine(bundle, "full-wide.onnx"), Path.Combine(bundle, "subnet-wide.onnx"), overwrite: true);
        File.WriteAllText(Path.Combine(bundle, "gate.onnx"), "nonsense");
        File.Delete(Path.Combine(bundle, "full-narrow.onnx"));

        var findings = ModelChecker.CheckBundle(bundle, manifest with { Opset = 16 }).Select(finding => $"{finding}").ToList();

        Assert.Equal("manifest.json: SLIM108: expected opset 17 and irVersion 8, found 16 and 8", findings[0]);
        Assert.StartsWith("gate.onnx: SLIM301: expected an ONNX model, found: ", findings[1], StringComparison.Ordinal);
        Assert.Equal("full-narrow.onnx: SLIM301: expected a file, found none", findings[2]);
        Assert.Equal("subnet-wide.onnx: SLIM316: input 'input': expected 'features'", findings[3]);
        Assert.Equal("subnet-wide.onnx: SLIM316: input 'features': expected float [batch, 3, 7, 6], found no such one", findings[4]);
        Assert.Equal(5, findings.Count);
    }

    private static ModelProto Model()
    {
        var checkpoint = RandomCheckpoint.Of(TinyGraphs.EveryOperator());
        var network = new SubnetSlicer(checkpoint, checkpoint.Graph.Subnet("middle"))
            .Slice("test", ("input", checkpoint.Graph.Input.Name), ("logits", checkpoint.Graph.Definition.Logits));
        return OnnxModel.Of(OnnxLowering.Lower(GraphPasses.Run(network)), "test", "1");
    }

    private string Save(ModelProto model)
    {
        var path = folder.File("model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
