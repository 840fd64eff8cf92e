using System.Text.Json;

namespace Slimmable.Cli.Tests;

/// <summary>A gate that is trained to mean costs on a supernet that is there, from <c>train --from</c> to a bundle's operating points.</summary>
[Collection(TrainedModel.Collection)]
public sealed class OperatingPointTests(TrainedModel model) : IDisposable
{
    /// <summary>Three deviations of a mean over 256 images less one over 200, where half of them cost 1 and half 0.23.</summary>
    private const double Tolerance = 0.12;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_point_is_measured_in_the_trainer_and_in_the_bundle_and_timed()
    {
        var recipe = TinyTask.WriteRecipe(folder.File("targets.json"), gate: "\"targetCost\": 0.6, \"otherTargetCosts\": [0.4, 0.8]");
        Run("train", recipe, "--from", model.AsTrained, "--data", model.Data, "--out", "set.safetensors", "--threads", "2").Succeeded();
        Run("export", "set.safetensors", "--out", "bundle").Succeeded();
        Run("validate", "bundle").Succeeded();

        var trainer = Run("evaluate", "set.safetensors", "--data", model.Data, "--threads", "2", "--json").Json();
        var bundle = Run("evaluate", "bundle", "--data", model.Data, "--threads", "2", "--json").Json();
        var bench = Run("bench", "bundle", "--threads", "1", "--runs", "3", "--json").Json();

        var widest = trainer.GetProperty("subnets").EnumerateArray().Max(subnet => subnet.GetProperty("madds").GetInt64());
        Assert.All(new[] { trainer, bundle }, answer =>
        {
            Assert.Equal([0.6, 0.4, 0.8], Targets(answer));
            Assert.All(
                answer.GetProperty("routed").EnumerateArray(),
                point => Assert.Equal(point.GetProperty("targetCost").GetDouble(), point.GetProperty("meanMadds").GetDouble() / widest, Tolerance));
        });
        Assert.Equal([0.6, 0.4, 0.8], Targets(bench));
        Assert.Contains("│ routed at 0.4 ", Run("evaluate", "bundle", "--data", model.Data, "--threads", "1").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supernet_of_another_architecture_is_refused_in_one_line()
    {
        Run("init", "ds-mbnet-fashion", "--out", "other.safetensors").Succeeded();

        Run("train", model.Recipe, "--from", "other.safetensors", "--data", model.Data, "--out", "x.safetensors").OneLine(1, "other.safetensors", "ds-mbnet-fashion-quick");
        Run("train", model.Recipe, "--from", "missing.safetensors", "--data", model.Data, "--out", "x.safetensors").OneLine(1, "missing.safetensors");
        Assert.Equal(["other.safetensors"], folder.Names());
    }

    private static IEnumerable<double> Targets(JsonElement answer) =>
        answer.GetProperty("routed").EnumerateArray().Select(point => point.GetProperty("targetCost").GetDouble());

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);
}
