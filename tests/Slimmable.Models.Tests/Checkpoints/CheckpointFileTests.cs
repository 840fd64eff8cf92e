namespace Slimmable.Models.Tests;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Path => folder.File("tiny.safetensors");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_holds_what_was_written()
    {
        TinyCheckpoint.Value.Write(Path);

        using var file = CheckpointFile.Open(Path);

        Assert.Equal(TinyCheckpoint.Value.Weights, file.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
        Assert.Equivalent(TinyCheckpoint.Value.Info, file.Info, strict: true);
        Assert.Equivalent(TinyCheckpoint.Value.Golden, file.Golden, strict: true);
        Assert.Equivalent(TinyCheckpoint.Value.Graph.Definition, file.Graph.Definition, strict: true);
    }

    [Fact]
    public void Written_from_a_file_it_has_the_same_bytes()
    {
        TinyCheckpoint.Value.Write(Path);

        using (var file = CheckpointFile.Open(Path))
        {
            CheckpointFile.Write(folder.File("again.safetensors"), file);
        }

        Assert.Equal(File.ReadAllBytes(Path), File.ReadAllBytes(folder.File("again.safetensors")));
    }

    [Fact]
    public void Closed_it_reads_nothing()
    {
        TinyCheckpoint.Value.Write(Path);
        var file = CheckpointFile.Open(Path);

        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Tensors["stem.conv.weight"].ToArray());
    }

    [Fact]
    public void A_file_that_was_cut_short_meanwhile_is_refused()
    {
        TinyCheckpoint.Value.Write(Path);
        using var file = CheckpointFile.Open(Path);
        using (var writer = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(writer.Length / 2);
        }

        var fault = Assert.Throws<InvalidFileException>(() => file.Tensors.Values.Select(values => values.ToArray()).ToList());

        Assert.EndsWith("cannot be read: the file shrank while it was read", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{Path}: tensor '", fault.Message, StringComparison.Ordinal);
    }
}
