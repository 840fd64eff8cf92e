using Slimmable.Export;

namespace Slimmable.Cli.Tests;

public sealed class DiffTests(ValidateFaultsTests.GoodBundle good) : IClassFixture<ValidateFaultsTests.GoodBundle>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_export_of_the_same_checkpoint_is_the_same()
    {
        BundleExporter.Export(Untrained.Of(TinyTask.Architecture, seed: 3), folder.File("again"), new ExportOptions { Full = true, Routed = true });

        Assert.Empty(Diff(folder.File("again")));
    }

    [Fact]
    public void A_changed_weight_is_named_with_its_largest_difference_and_with_what_it_does_to_the_answers()
    {
        var found = Diff(Changed(bundle => bundle.Model("full-uniform-1.onnx", graph => EditableBundle.Add(graph.Initializer.Single(weight => weight.Name == "head.classifier.bias"), 0.5f))));

        Assert.Equal(
            [
                "full-uniform-1.onnx: weights: 'head.classifier.bias': 10 of 10 numbers differ, by at most 5.0e-1",
                "full-uniform-1.onnx: answers: 'logits': differ by at most 5.0e-1",
            ],
            found);
    }

    [Fact]
    public void A_weight_in_a_branch_counts_too() => Assert.StartsWith(
        "routed.onnx: weights: 'subnet/uniform-0/",
        Diff(Changed(bundle => bundle.Model("routed.onnx", graph => EditableBundle.Add(graph.Node.First(node => node.OpType == "If").Attribute[0].G.Initializer[0], 0.5f))))[0],
        StringComparison.Ordinal);

    [Fact]
    public void A_changed_node_is_named_with_both_of_its_forms()
    {
        var found = Diff(Changed(bundle => bundle.Model("full-uniform-1.onnx", graph => graph.Node.First(node => node.OpType == "Relu").OpType = "Sigmoid")));

        Assert.Matches(@"^full-uniform-1\.onnx: graph: node '[\w.]+': Relu\(.*\) to .* in the first, Sigmoid\(.*\) to .* in the second$", found[0]);
        Assert.StartsWith("full-uniform-1.onnx: answers: 'logits': differ by at most ", found[1], StringComparison.Ordinal);
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void Metadata_are_compared() => Assert.Equal(
        ["gate.onnx: metadata: producer: slimmable 0.1.0 in the first, another 0.1.0 in the second"],
        Diff(Changed(bundle => bundle.WholeModel("gate.onnx", model => model.ProducerName = "another"))));

    [Fact]
    public void The_manifest_is_compared_member_by_member() => Assert.Equal(
        ["manifest.json: manifest: $.subnets[1].top1: none in the first, 93.5 in the second"],
        Diff(Changed(bundle => bundle.Manifest(manifest => manifest["subnets"]![1]!["top1"] = 93.5))).Select(line => line.Replace("null", "none", StringComparison.Ordinal)));

    [Fact]
    public void A_graph_that_is_only_in_one_of_them_is_named() => Assert.Contains(
        "full-uniform-1.onnx: file: in the first only",
        Diff(Changed(bundle =>
        {
            File.Delete(bundle.PathOf("full-uniform-1.onnx"));
            bundle.Manifest(manifest =>
            {
                manifest["subnets"]![1]!["full"] = null;
                manifest["files"]!.AsArray().Remove(manifest["files"]!.AsArray().Single(file => (string)file!["name"]! == "full-uniform-1.onnx"));
            });
        })));

    [Fact]
    public void Other_bytes_of_the_same_meaning_are_named_as_such() => Assert.Equal(
        ["gate.onnx: file: other bytes that mean the same"],
        Diff(Changed(bundle => bundle.Model("gate.onnx", graph => graph.ValueInfo.RemoveAt(0)))));

    [Fact]
    public void The_program_ends_with_0_for_the_same_and_with_1_for_others()
    {
        var other = Changed(bundle => bundle.WholeModel("gate.onnx", model => model.ProducerName = "another"));

        var same = SlimmableProgram.Run(folder.Path, "diff", good.Folder, good.Folder, "--json").Json();
        Assert.Equal(["same", "differences"], Keys.Of(same));
        Assert.True(same.GetProperty("same").GetBoolean());
        var different = SlimmableProgram.Run(folder.Path, "diff", good.Folder, other);
        different.OneLine(1, "gate.onnx", "producer");
        Assert.StartsWith("gate.onnx: metadata: producer: ", different.Output, StringComparison.Ordinal);
        SlimmableProgram.Run(folder.Path, "diff", good.Folder, "nothing").Refused(1, "nothing", "manifest.json");
    }

    private IReadOnlyList<string> Diff(string other) => [.. new BundleDiff(good.Folder, other).Run(CancellationToken.None).Select(difference => $"{difference}")];

    private string Changed(Action<EditableBundle> change)
    {
        var bundle = BundleCopy.Of(good.Folder, folder.File("changed"));
        change(new EditableBundle(bundle));
        return bundle;
    }
}
