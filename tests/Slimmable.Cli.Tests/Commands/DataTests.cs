namespace Slimmable.Cli.Tests;

public sealed class DataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_there_is_not_fetched_again()
    {
        TinyTask.WriteData(folder.File("data"), trainImages: 1);

        var found = SlimmableProgram.Run(folder.Path, "data", "get", "fashion-mnist", "--out", "data", "--from", "http://127.0.0.1:9/").Succeeded();

        Assert.Contains("in data", found.Output, StringComparison.Ordinal);
        Assert.Empty(found.Error);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_named_and_nothing_is_left()
    {
        var failed = SlimmableProgram.Run(folder.Path, "data", "get", "fashion-mnist", "--out", "data", "--from", "http://127.0.0.1:9/sets");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("slimmable: http://127.0.0.1:9/sets/train-images-idx3-ubyte.gz: cannot be downloaded", failed.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void An_unknown_data_set_is_refused() => SlimmableProgram.Run(folder.Path, "data", "get", "mnist-10").Refused(1, "'mnist-10'", "fashion-mnist");
}
