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

        Assert.Contains(fault.Fault, ModelChecker.Check(Save(model)));
    }

    [Fact]
    public void Ports_are_held_against_what_was_promised()
    {
        var faults = ModelChecker.Check(Save(Model()), [Input with { Shape = [3, 7, 6] }], [Logits with { Name = "scores" }]);

        Assert.Equal(
            [
                "input 'input': expected a named batch and [3, 7, 6], found [N, 2, 7, 6]",
                "output 'logits': expected 'scores'",
                "output 'scores': expected a named batch and [4], found no such one",
            ],
            faults);
    }

    [Fact]
    public void A_fixed_batch_is_not_what_was_promised()
    {
        var model = Model();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;

        Assert.Contains("input 'input': expected a named batch and [2, 7, 6], found [1, 2, 7, 6]", ModelChecker.Check(Save(model), [Input], [Logits]));
    }

    [Fact]
    public void Many_faults_are_cut_and_counted()
    {
        var model = Model();
        model.Graph.Node.AddRange(Enumerable.Range(0, 500).Select(index => new NodeProto { Name = $"n{index}", OpType = "Nothing" }));

        var faults = ModelChecker.Check(Save(model));

        Assert.Equal(101, faults.Count);
        Assert.Equal("and 400 more faults", faults[^1]);
    }

    [Fact]
    public void A_hostile_name_stays_on_one_short_line()
    {
        var model = Model();
        model.Graph.Node[0].OpType = $"\r\n\u001b[31m{new string('x', 100_000)}";

        Assert.All(ModelChecker.Check(Save(model)), fault =>
        {
            Assert.DoesNotContain(fault, char.IsControl);
            Assert.True(fault.Length < 1000);
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

        var faults = ModelChecker.CheckBundle(bundle, manifest with { Opset = 16 });

        Assert.Equal("manifest.json: expected opset 17 and irVersion 8, found 16 and 8", faults[0]);
        Assert.StartsWith("gate.onnx: expected an ONNX model, found: ", faults[1], StringComparison.Ordinal);
        Assert.StartsWith("full-narrow.onnx: cannot be read: ", faults[2], StringComparison.Ordinal);
        Assert.Equal("subnet-wide.onnx: input 'input': expected 'features'", faults[3]);
        Assert.Equal("subnet-wide.onnx: input 'features': expected a named batch and [3, 7, 6], found no such one", faults[4]);
        Assert.Equal(5, faults.Count);
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
