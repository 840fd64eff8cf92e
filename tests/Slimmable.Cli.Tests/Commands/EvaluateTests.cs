using System.Text.Json;

namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class EvaluateTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_trainer_and_the_bundle_measure_the_same()
    {
        var trainer = Evaluate(model.Path, "--data", model.Data, "--threads", "2").Json();
        var bundle = Evaluate(model.Bundle, "--data", model.Data, "--threads", "1").Json();

        foreach (var answer in new[] { trainer, bundle })
        {
            Assert.Equal(["subnets", "routed"], Keys.Of(answer));
            Assert.All(answer.GetProperty("subnets").EnumerateArray(), subnet => Assert.Equal(["name", "routable", "madds", "top1"], Keys.Of(subnet)));
            var point = Assert.Single(answer.GetProperty("routed").EnumerateArray());
            Assert.Equal(["targetCost", "top1", "meanMadds", "shares"], Keys.Of(point));
            Assert.Equal(["uniform-0", "uniform-1", "uniform-2"], Keys.Of(point.GetProperty("shares")));
        }

        foreach (var (expected, found) in trainer.GetProperty("subnets").EnumerateArray().Zip(bundle.GetProperty("subnets").EnumerateArray()))
        {
            Assert.Equal(expected.GetProperty("name").GetString(), found.GetProperty("name").GetString());
            Assert.Equal(expected.GetProperty("madds").GetInt64(), found.GetProperty("madds").GetInt64());
            Assert.InRange(found.GetProperty("top1").GetDouble(), expected.GetProperty("top1").GetDouble() - 0.05, expected.GetProperty("top1").GetDouble() + 0.05);
        }

        var (routed, served) = (trainer.GetProperty("routed")[0], bundle.GetProperty("routed")[0]);
        Assert.Equal(routed.GetProperty("top1").GetDouble(), served.GetProperty("top1").GetDouble(), 0.05);
        Assert.Equal(routed.GetProperty("meanMadds").GetDouble(), served.GetProperty("meanMadds").GetDouble(), 1.0);
        Assert.Equal(Shares(routed), Shares(served));
        Assert.Equal(1, Shares(served).Sum(), 1e-9);
    }

    [Fact]
    public void Training_wrote_down_what_evaluation_finds_and_it_is_better_than_guessing()
    {
        var answer = Evaluate(model.AsTrained, "--data", model.Data, "--threads", "2").Json();

        var accuracy = model.Content.Info.Accuracy!;
        var found = answer.GetProperty("subnets").EnumerateArray().Select(subnet => subnet.GetProperty("top1").GetDouble()).ToList();
        Assert.Equal(accuracy.Subnets.Select(subnet => subnet.Top1), found);
        Assert.Equal(accuracy.Routed!.Top1, answer.GetProperty("routed")[0].GetProperty("top1").GetDouble());
        Assert.InRange(found[^1], 30, 100);
    }

    [Fact]
    public void A_missing_data_set_is_refused_and_the_message_says_how_to_get_it()
    {
        Directory.CreateDirectory(folder.File("empty"));

        Evaluate(model.Path, "--data", "empty").Refused(1, "fashion-mnist", "empty", "slimmable data get");
        Evaluate(model.Bundle, "--data", "empty").Refused(1, "fashion-mnist", "empty", "slimmable data get");
    }

    [Fact]
    public void A_data_set_that_nobody_knows_or_named_is_refused()
    {
        SlimmableProgram.Run(folder.Path, "init", TinyTask.Architecture, "--out", "init.safetensors").Succeeded();

        Evaluate("init.safetensors").Refused(1, "init.safetensors", "--data-set");
        Evaluate("init.safetensors", "--data-set", "mnist-10").Refused(1, "'mnist-10'", "fashion-mnist");
    }

    [Fact]
    public void A_data_set_that_does_not_fit_is_refused()
    {
        SlimmableProgram.Run(folder.Path, "init", "ds-mbnet-mini", "--out", "init.safetensors").Succeeded();
        SlimmableProgram.Run(folder.Path, "export", "init.safetensors", "--out", "bundle").Succeeded();

        Evaluate("init.safetensors", "--data-set", "fashion-mnist", "--data", model.Data).Refused(1, "fashion-mnist", "ds-mbnet-mini");
        Evaluate("bundle", "--data-set", "fashion-mnist", "--data", model.Data).Refused(1, "fashion-mnist", "[3, 64, 64]");
    }

    private ProgramResult Evaluate(string path, params IReadOnlyList<string> options) =>
        SlimmableProgram.Run(folder.Path, ["evaluate", path, "--json", .. options]);

    private static IEnumerable<double> Shares(JsonElement routed) => routed.GetProperty("shares").EnumerateObject().Select(share => share.Value.GetDouble());
}
