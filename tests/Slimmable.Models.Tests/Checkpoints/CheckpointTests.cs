namespace Slimmable.Models.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var path = folder.File("tiny.safetensors");

        TinyCheckpoint.Value.Write(path);
        var read = Checkpoint.Read(path);

        Assert.Equal(TinyCheckpoint.Value.Weights, read.Weights);
        Assert.Equivalent(TinyCheckpoint.Value.Info, read.Info, strict: true);
        Assert.Equivalent(TinyCheckpoint.Value.Golden, read.Golden, strict: true);
        Assert.Equivalent(TinyCheckpoint.Value.Graph.Definition, read.Graph.Definition, strict: true);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Nothing_but_the_weights_is_needed()
    {
        TinyCheckpoint.Of(EveryNode.Graph).Write(folder.File("bare.safetensors"));

        var read = Checkpoint.Read(folder.File("bare.safetensors"));

        Assert.Equal(new CheckpointInfo(), read.Info);
        Assert.Null(read.Golden);
    }

    [Theory]
    [InlineData("ds-mbnet-mini")]
    [InlineData("ds-mbnet-fashion-quick")]
    [InlineData("us-resnet-20-32")]
    public void A_preset_is_rebuilt_from_its_file_alone(string preset)
    {
        var checkpoint = TinyCheckpoint.Of(Architectures.Build(preset));
        checkpoint.Write(folder.File("a.safetensors"));

        var read = Checkpoint.Read(folder.File("a.safetensors"));
        read.Write(folder.File("b.safetensors"));

        Assert.Equal(checkpoint.Graph.Nodes, read.Graph.Nodes);
        Assert.Equal(File.ReadAllBytes(folder.File("a.safetensors")), File.ReadAllBytes(folder.File("b.safetensors")));
    }

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes()
    {
        TinyCheckpoint.Value.Write(folder.File("a.safetensors"));
        TinyCheckpoint.Value.Write(folder.File("b.safetensors"));

        Assert.Equal(File.ReadAllBytes(folder.File("a.safetensors")), File.ReadAllBytes(folder.File("b.safetensors")));
    }

    [Fact]
    public void Any_safetensors_reader_finds_the_documented_names()
    {
        TinyCheckpoint.Value.Write(folder.File("a.safetensors"));

        using var file = SafetensorsFile.Open(folder.File("a.safetensors"));

        Assert.Equal(
            ["slimmable.accuracy", "slimmable.dataset", "slimmable.format", "slimmable.graph", "slimmable.labels", "slimmable.operating_points", "slimmable.preprocessing", "slimmable.recipe", "slimmable.seed"],
            file.Metadata.Keys.Order());
        Assert.Equal("1", file.Metadata["slimmable.format"]);
        Assert.Equal("-7", file.Metadata["slimmable.seed"]);
        Assert.Equal(
            ["golden.gate_logits", "golden.input", "golden.logits.narrow", "golden.logits.wide"],
            file.Tensors.Keys.Where(name => name.StartsWith("golden.", StringComparison.Ordinal)).Order());
        Assert.Equal([2, 1, 4, 6], file.Entry("golden.input").Shape);
        Assert.Equal([8, 2, 1, 1], file.Entry("body.conv.weight").Shape);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_temporary()
    {
        var path = folder.Write("a.safetensors", "old"u8);

        Assert.Throws<InvalidOptionsException>(() => TinyCheckpoint.Value.With("stem.conv.weight", []).Write(path));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named()
    {
        var path = Path.Combine(folder.Write("file", "not a folder"u8), "a.safetensors");

        var fault = Assert.Throws<InvalidFileException>(() => TinyCheckpoint.Value.Write(path));

        Assert.StartsWith($"{path}: cannot be written: ", fault.Message, StringComparison.Ordinal);
    }
}
