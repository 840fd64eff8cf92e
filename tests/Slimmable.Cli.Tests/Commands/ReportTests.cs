namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class ReportTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_writes_the_page_that_training_wrote()
    {
        Report(model.AsTrained, "--data", model.Data, "--out", "again.html").Succeeded();

        Assert.Equal(File.ReadAllText(Path.ChangeExtension(model.AsTrained, "report.html")), File.ReadAllText(folder.File("again.html")));
        Assert.Equal(["again.html"], folder.Names());
    }

    [Fact]
    public void Without_metrics_it_shows_what_the_network_does_and_goes_beside_the_checkpoint()
    {
        File.Copy(model.Path, folder.File("alone.safetensors"));

        var said = Report("alone.safetensors", "--data", model.Data).Succeeded();

        Assert.Equal("alone.report.html\n", said.Output);
        Assert.Equal(["alone.report.html", "alone.safetensors"], folder.Names());
        var page = File.ReadAllText(folder.File("alone.report.html"));
        Assert.Contains("\"epochs\":[]", page, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"Hardest\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_metrics_are_refused_by_the_line()
    {
        File.Copy(model.AsTrained, folder.File("damaged.safetensors"));
        File.WriteAllText(folder.File("damaged.metrics.jsonl"), "{}\n");

        Report("damaged.safetensors", "--data", model.Data).Refused(1, "damaged.metrics.jsonl", "line 1");

        Assert.Equal(["damaged.metrics.jsonl", "damaged.safetensors"], folder.Names());
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(folder.File("page.html"));

        Report(model.Path, "--data", model.Data, "--out", "page.html").Refused(1, "page.html", "cannot be written");
    }

    private ProgramResult Report(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, ["report", .. arguments, "--threads", "2"]);
}
