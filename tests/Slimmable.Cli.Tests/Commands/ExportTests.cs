namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class ExportTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes()
    {
        Export("again", "--full").Succeeded();

        var files = Directory.GetFiles(model.Bundle).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(10, files.Count);
        Assert.Equal(files, Directory.GetFiles(folder.File("again")).Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(model.Bundle, file!)), File.ReadAllBytes(Path.Combine(folder.File("again"), file!))));
    }

    [Fact]
    public void Without_full_there_are_tails_only_and_an_older_bundle_is_replaced_whole()
    {
        BundleCopy.Of(model.Bundle, folder.File("bundle"));

        var export = Export("bundle").Succeeded();

        Assert.Contains("3 subnets", export.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["gate.onnx", "golden.safetensors", "manifest.json", "manifest.sha256", "subnet-uniform-0.onnx", "subnet-uniform-1.onnx", "subnet-uniform-2.onnx"],
            Directory.GetFiles(folder.File("bundle")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["bundle"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void The_layout_and_the_graph_that_routes_are_chosen_by_option_and_valid()
    {
        Export("bundle", "--layout", "standalone", "--routed").Succeeded();

        Assert.Equal(
            [
                "full-uniform-0.onnx", "full-uniform-1.onnx", "full-uniform-2.onnx",
                "gate.onnx", "golden.safetensors", "manifest.json", "manifest.sha256", "routed.onnx",
            ],
            Directory.GetFiles(folder.File("bundle")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        SlimmableProgram.Run(folder.Path, "validate", "bundle").Succeeded();
        Export("other", "--layout", "halves").Refused(2, "halves", "'standalone'");
    }

    [Fact]
    public void Subnets_that_do_not_fit_are_all_named()
    {
        Export("bundle", "--subnets", "uniform-0", "uniform-2", "uniform-9").Refused(1, "'uniform-9'", "'uniform-1'");
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_folder_that_is_no_bundle_is_left_alone()
    {
        Directory.CreateDirectory(folder.File("mine"));
        File.WriteAllText(folder.File("mine/letter.txt"), "dear");

        Export("mine", "--full").Refused(1, "mine", "bundle");

        Assert.Equal(["mine", "mine/letter.txt"], folder.Names());
        Assert.Equal("dear", File.ReadAllText(folder.File("mine/letter.txt")));
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused()
    {
        File.WriteAllText(folder.File("file"), "in the way");

        Export("file").Refused(1, "file");
        Export(Path.Combine("file", "bundle")).Refused(1, Path.Combine("file", "bundle"));
        Assert.Equal(["file"], folder.Names());
    }

    [Fact]
    public void A_truncated_checkpoint_leaves_nothing_behind()
    {
        File.WriteAllBytes(folder.File("half.safetensors"), File.ReadAllBytes(model.Path)[..5000]);

        SlimmableProgram.Run(folder.Path, "export", "half.safetensors", "--out", "bundle").Refused(1, "half.safetensors");

        Assert.Equal(["half.safetensors"], folder.Names());
    }

    private ProgramResult Export(string target, params IReadOnlyList<string> options) =>
        SlimmableProgram.Run(folder.Path, ["export", model.Path, "--out", target, .. options]);
}
