namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class DemoTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_exports_validates_routes_and_prints_a_table()
    {
        var demo = Demo(model.Path).Succeeded();

        Assert.Contains($"fashion-mnist, {TinyTask.TestImages} test images", demo.Output, StringComparison.Ordinal);
        Assert.All(new[] { "uniform-0", "uniform-1", "uniform-2", "routed" }, row => Assert.Contains($"│ {row} ", demo.Output, StringComparison.Ordinal));
        SlimmableProgram.Run(folder.Path, "validate", "bundle").Succeeded();
    }

    [Fact]
    public void A_missing_checkpoint_is_named()
    {
        Demo("missing.safetensors").OneLine(1, "missing.safetensors");
        Assert.Empty(folder.Names());
    }

    private ProgramResult Demo(string checkpoint) =>
        SlimmableProgram.Run(folder.Path, "demo", "--checkpoint", checkpoint, "--out", "bundle", "--data", model.Data);
}
