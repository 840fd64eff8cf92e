using System.Text.Json;

namespace Slimmable.Cli.Tests;

/// <summary><c>bench</c> says what it measured; what it measured is the machine's business.</summary>
[Collection(TrainedModel.Collection)]
public sealed class BenchTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void Every_subnet_is_timed_through_the_router_and_alone(int threads, int batch)
    {
        var answer = Bench(model.Bundle, "--threads", $"{threads}", "--batch", $"{batch}").Json();

        Assert.Equal(["threads", "batch", "subnets", "routed"], Keys.Of(answer));
        Assert.Equal((threads, batch), (answer.GetProperty("threads").GetInt32(), answer.GetProperty("batch").GetInt32()));
        var subnets = answer.GetProperty("subnets");
        Assert.Equal(["uniform-0", "uniform-1", "uniform-2"], Keys.Texts(subnets, "name"));
        Assert.All(subnets.EnumerateArray(), subnet =>
        {
            Assert.Equal(["name", "madds", "medianUs", "p95Us", "fullMedianUs"], Keys.Of(subnet));
            Assert.True(subnet.GetProperty("medianUs").GetDouble() > 0);
            Assert.True(subnet.GetProperty("p95Us").GetDouble() >= subnet.GetProperty("medianUs").GetDouble());
            Assert.True(subnet.GetProperty("fullMedianUs").GetDouble() > 0);
        });
        var routed = Assert.Single(answer.GetProperty("routed").EnumerateArray());
        Assert.Equal(["targetCost", "meanUs", "medianUs", "p95Us", "meanMadds"], Keys.Of(routed));
        var madds = Keys.Integers(subnets, "madds").ToList();
        Assert.InRange(routed.GetProperty("meanMadds").GetDouble(), madds[0], madds[^1] * 1.01);
    }

    [Fact]
    public void Without_standalone_graphs_there_is_no_time_of_them()
    {
        SlimmableProgram.Run(folder.Path, "export", model.Path, "--out", "tails").Succeeded();

        var answer = Bench("tails", "--threads", "1").Json();

        Assert.All(answer.GetProperty("subnets").EnumerateArray(), subnet => Assert.Equal(JsonValueKind.Null, subnet.GetProperty("fullMedianUs").ValueKind));
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        Bench("nowhere").Refused(1, "nowhere");
        Bench(model.Bundle, "--data", "imagenet").Refused(1, "'imagenet'", "fashion-mnist");
    }

    private ProgramResult Bench(string bundle, params IReadOnlyList<string> options) =>
        SlimmableProgram.Run(folder.Path, ["bench", bundle, "--json", "--runs", "5", .. options]);
}
