using System.Text.Json;

namespace Slimmable.EndToEnd.Tests.Consumers;

/// <summary>onnxruntime-node, from npm.</summary>
[Collection(ReleasedBundles.Collection)]
public sealed class NodeTests(ReleasedBundles bundles)
{
    [Theory]
    [MemberData(nameof(ReleasedBundles.Shapes), MemberType = typeof(ReleasedBundles))]
    public void Every_graph_answers_the_golden_samples_as_the_trainer_did(string shape)
    {
        var found = JsonSerializer.Deserialize<Dictionary<string, double>>(OtherProgram.Run(bundles.FolderOf(shape), "node", "check-node.mjs", "bundle"))!;

        Assert.Equal(bundles.WaysThrough(shape).Order(), found.Keys.Order());
        Assert.All(found, way => Assert.InRange(way.Value, 0, 1));
    }

    [Theory]
    [InlineData("routed")]
    [InlineData("shared-trunk")]
    [InlineData("standalone")]
    public void The_documents_program_prints_what_the_trainer_answered(string shape)
    {
        var printed = OtherProgram.Run(bundles.FolderOf(shape), "node", "classify.mjs", "bundle");

        Assert.Equal(bundles.Expected.Select(answer => $"{answer.Label} ({answer.Subnet})"), printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The check itself: other numbers are found out.</summary>
    [Fact]
    public void A_graph_in_anothers_place_is_noticed()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(bundles.BundleOf("full")))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        File.Copy(folder.File("full-uniform-0.onnx"), folder.File("full-uniform-1.onnx"), overwrite: true);

        var found = JsonSerializer.Deserialize<Dictionary<string, double>>(OtherProgram.Run(bundles.FolderOf("full"), "node", "check-node.mjs", folder.Path))!;

        Assert.Equal(["full-uniform-1.onnx"], found.Where(way => way.Value > 1).Select(way => way.Key));
    }
}
