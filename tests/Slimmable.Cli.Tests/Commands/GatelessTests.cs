using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>A slimmable network, which has no gate, through every verb.</summary>
public sealed class GatelessTests(GatelessTests.Switchable network) : IClassFixture<GatelessTests.Switchable>, IDisposable
{
    private static readonly string[] Widths = ["width-0.25", "width-0.5", "width-0.75", "width-1"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_named_architecture_tells_its_published_cost()
    {
        var answer = Run("info", "s-mobilenet-v1", "--json").Json();

        Assert.Equal(("architecture", "s-mobilenet-v1"), (answer.GetProperty("kind").GetString(), answer.GetProperty("name").GetString()));
        Assert.Equal([41, 150, 325, 569], Keys.Integers(answer.GetProperty("subnets"), "madds").Select(madds => Math.Round(madds / 1e6)));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("gate").ValueKind);
    }

    [Fact]
    public void A_file_goes_before_an_architecture_of_its_name()
    {
        File.Copy(network.Checkpoint, folder.File("s-mobilenet-v1"));

        Assert.Equal("checkpoint", Run("info", "s-mobilenet-v1", "--json").Json().GetProperty("kind").GetString());
    }

    [Fact]
    public void Checkpoint_and_bundle_tell_the_same_and_say_nothing_of_a_gate()
    {
        var checkpoint = Run("info", network.Checkpoint, "--json").Json();
        var bundle = Run("info", network.Bundle, "--json").Json();

        Assert.Equal(Widths, Keys.Texts(checkpoint.GetProperty("subnets"), "name"));
        Assert.Equal(checkpoint.GetProperty("subnets").GetRawText(), bundle.GetProperty("subnets").GetRawText());
        Assert.DoesNotContain("gate", Run("info", network.Bundle).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bundle_is_valid_and_every_width_answers_as_the_trainer_did()
    {
        var checks = Run("validate", network.Bundle, "--json").Json().GetProperty("checks");

        var compared = checks.EnumerateArray().Where(check => check.GetProperty("check").GetString() == "golden samples").ToList();
        Assert.Equal(Widths.Select(width => $"full-{width}.onnx"), compared.Select(check => check.GetProperty("file").GetString()));
        Assert.All(compared, check => Assert.True(check.GetProperty("passed").GetBoolean()));
    }

    [Fact]
    public void Inputs_are_answered_at_the_width_that_is_named_and_without_one_the_widths_are_listed()
    {
        var input = Path.Combine(network.Bundle, BundleFormat.GoldenFile);

        var answer = Run("run", network.Bundle, "--in", input, "--out", "answers.safetensors", "--subnet", "width-0.5", "--json").Json();

        Assert.Equal(["width-0.5"], Keys.Of(answer.GetProperty("subnets")));
        using var golden = SafetensorsFile.Open(input);
        using var answers = SafetensorsFile.Open(folder.File("answers.safetensors"));
        Assert.Equal(["logits", "subnet"], answers.Tensors.Keys.Order());
        Assert.All(
            golden.Singles(BundleFormat.GoldenLogits("width-0.5")).Zip(answers.Singles("logits")), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Run("run", network.Bundle, "--in", input, "--out", "none.safetensors").Refused(1, "subnet: expected one of 'width-0.25', ", "no gate");
        Assert.Equal(["answers.safetensors"], folder.Names());
    }

    [Fact]
    public void Trainer_and_bundle_measure_the_same()
    {
        var trainer = Run("evaluate", network.Checkpoint, "--data", network.Data, "--json").Json();
        var bundle = Run("evaluate", network.Bundle, "--data", network.Data, "--json").Json();

        Assert.All(new[] { trainer, bundle }, answer => Assert.Empty(answer.GetProperty("routed").EnumerateArray()));
        Assert.Equal(Keys.Texts(trainer.GetProperty("subnets"), "name"), Keys.Texts(bundle.GetProperty("subnets"), "name"));
        var pairs = trainer.GetProperty("subnets").EnumerateArray().Zip(bundle.GetProperty("subnets").EnumerateArray());
        Assert.All(pairs, pair => Assert.Equal(pair.First.GetProperty("top1").GetDouble(), pair.Second.GetProperty("top1").GetDouble(), 0.51));
    }

    [Fact]
    public void Every_width_is_timed_once_and_nothing_is_routed()
    {
        var answer = Run("bench", network.Bundle, "--runs", "3", "--threads", "1", "--json").Json();

        Assert.Empty(answer.GetProperty("routed").EnumerateArray());
        Assert.Equal(Widths, Keys.Texts(answer.GetProperty("subnets"), "name"));
        Assert.All(answer.GetProperty("subnets").EnumerateArray(), subnet =>
        {
            Assert.True(subnet.GetProperty("medianUs").GetDouble() > 0);
            Assert.Equal(JsonValueKind.Null, subnet.GetProperty("fullMedianUs").ValueKind);
        });
        var table = Run("bench", network.Bundle, "--runs", "3", "--threads", "1").Succeeded().Output;
        Assert.Contains("width-0.75", table, StringComparison.Ordinal);
        Assert.DoesNotContain("standalone", table, StringComparison.Ordinal);
    }

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);

    /// <summary>A small ResNet with switchable batch normalization, trained for a few steps and exported.</summary>
    public sealed class Switchable : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Switchable()
        {
            Data = TinyTask.WriteData(folder.File("data"), trainImages: 256);
            Checkpoint = folder.File("switchable.safetensors");
            Bundle = folder.File("bundle");
            File.WriteAllText(folder.File("recipe.json"), """
                {
                  "name": "switchable",
                  "architecture": "s-resnet-20-32",
                  "dataSet": "fashion-mnist",
                  "seed": 3,
                  "stageOne": { "epochs": 1, "stepsPerEpoch": 4, "batchSize": 16, "learningRate": 0.05, "subnets": "every", "teaching": "labels" },
                  "calibration": { "batches": 4 },
                }
                """);
            SlimmableProgram.Run(folder.Path, "train", "recipe.json", "--data", Data, "--out", Checkpoint, "--threads", "2").Succeeded();
            SlimmableProgram.Run(folder.Path, "export", Checkpoint, "--out", Bundle).Succeeded();
        }

        public string Data { get; }

        public string Checkpoint { get; }

        public string Bundle { get; }

        public void Dispose() => folder.Dispose();
    }
}
