using Slimmable.Models;

namespace Slimmable.Training.Tests.Metrics;

public sealed class MetricsFileTests : IDisposable
{
    private const string Epoch = """{"phase":"stage one","epoch":1,"epochs":2,"step":4,"learningRate":0.05,"means":{"widest loss":2.5},"seconds":1.25}""";

    private readonly TempFolder folder = new();

    private string Path => folder.File("model.metrics.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Lines_are_read_as_they_were_written()
    {
        var epoch = new MetricsLine
        {
            Phase = "stage one",
            Epoch = 1,
            Epochs = 2,
            Step = 4,
            LearningRate = 0.05,
            Means = new Dictionary<string, double> { ["widest loss"] = 2.5 },
            Seconds = 1.25,
        };
        var end = new MetricsLine
        {
            Phase = "evaluation",
            Seconds = 2,
            Accuracy = new AccuracyReport(20, [new("narrow", 50)], []),
            Environment = new RunEnvironment(2, "0.1.0", ".NET 10", "linux-x64"),
        };

        MetricsFile.Append(Path, epoch);
        MetricsFile.Append(Path, end);

        Assert.Equal(
            $$$"""
            {{{Epoch}}}
            {"phase":"evaluation","seconds":2,"accuracy":{"images":20,"subnets":[{"name":"narrow","top1":50}],"routedAt":[]},"environment":{"threads":2,"slimmable":"0.1.0","runtime":".NET 10","system":"linux-x64"}}

            """,
            File.ReadAllText(Path));
        var read = MetricsFile.Read(Path);
        Assert.Equal(new[] { "stage one", "evaluation" }, read.Select(line => line.Phase));
        Assert.Equal(end.Environment, read[1].Environment);
        Assert.Equal(end.Accuracy.Subnets, read[1].Accuracy!.Subnets);
    }

    [Fact]
    public void Where_there_is_no_file_there_are_no_lines() => Assert.Empty(MetricsFile.Read(Path));

    [Fact]
    public void Half_a_line_that_a_killed_run_left_does_not_count()
    {
        File.WriteAllText(Path, $"{Epoch}\n{Epoch[..40]}");

        Assert.Equal(1, Assert.Single(MetricsFile.Read(Path)).Epoch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"phase":"stage one"}""")]
    [InlineData("""{"phase":null,"seconds":1}""")]
    [InlineData("""{"phase":"stage one","seconds":1,"loss":2}""")]
    public void What_is_no_line_of_metrics_is_refused_by_its_number(string line)
    {
        File.WriteAllText(Path, $"{Epoch}\n{line}\n{Epoch}\n");

        var fault = Assert.Throws<InvalidFileException>(() => MetricsFile.Read(Path));

        Assert.StartsWith($"{Path}: line 2: expected metrics, found", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(Path);

        var fault = Assert.Throws<InvalidFileException>(() => MetricsFile.Append(Path, new MetricsLine { Phase = "evaluation", Seconds = 0 }));

        Assert.StartsWith($"{Path}: cannot be written: ", fault.Message, StringComparison.Ordinal);
    }
}
