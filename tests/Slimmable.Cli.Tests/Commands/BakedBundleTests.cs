using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>Bundles whose graphs take raw pixels, and such that compute in 16-bit floats, through every verb that takes a bundle.</summary>
[Collection(TrainedModel.Collection)]
public sealed class BakedBundleTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_bundle_of_raw_pixels_is_valid_and_answers_its_golden_pixels_and_no_numbers()
    {
        Export("--full", "--routed", "--bake-preprocessing", "nhwc").Succeeded();

        SlimmableProgram.Run(folder.Path, "validate", "bundle").Succeeded();
        SlimmableProgram.Run(folder.Path, "run", "bundle", "--in", "bundle/golden.safetensors", "--out", "out.safetensors", "--subnet", "uniform-2").Succeeded();
        using (var answers = SafetensorsFile.Open(folder.File("out.safetensors")))
        {
            var expected = model.Content.Golden!.Logits["uniform-2"];
            Assert.All(expected.Zip(answers.Singles("logits")), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, expected.Max(MathF.Abs))));
        }

        SafetensorsWriter.Write(folder.File("numbers.safetensors"), [TensorData.Of("input", new float[784].AsSpan(), 1, 28, 28, 1)]);
        SlimmableProgram.Run(folder.Path, "run", "bundle", "--in", "numbers.safetensors", "--out", "none.safetensors")
            .Refused(1, "numbers.safetensors", "'input'", "U8", "F32");
        Assert.False(File.Exists(folder.File("none.safetensors")));
    }

    [Fact]
    public void A_bundle_of_raw_pixels_is_as_accurate_and_can_be_timed()
    {
        Export("--full", "--bake-preprocessing", "nchw").Succeeded();

        var (plain, baked) = (Evaluate(model.Bundle), Evaluate("bundle"));

        Assert.Equal(plain.Length, baked.Length);
        Assert.All(plain.Zip(baked), pair => Assert.Equal(pair.First, pair.Second, 0.5));
        SlimmableProgram.Run(folder.Path, "bench", "bundle", "--runs", "2", "--threads", "1").Succeeded();
    }

    [Fact]
    public void A_bundle_in_16_bits_is_valid_by_its_own_tolerance_and_not_by_that_of_32()
    {
        Export("--full", "--routed", "--fp16").Succeeded();

        SlimmableProgram.Run(folder.Path, "validate", "bundle").Succeeded();
        SlimmableProgram.Run(folder.Path, "validate", "bundle", "--tolerance", "1e-7").OneLine(1, "largest difference");
    }

    [Fact]
    public void Golden_samples_that_no_pixels_become_are_left_out_and_that_is_said()
    {
        var golden = model.Content.Golden!;
        (model.Content with { Golden = golden with { Input = [.. golden.Input.Select(number => number + 0.001f)] } }).Write(folder.File("noise.safetensors"));

        var export = SlimmableProgram.Run(folder.Path, "export", "noise.safetensors", "--out", "bundle", "--bake-preprocessing", "nchw").Succeeded();

        Assert.Contains("bundle: no golden samples: those of noise.safetensors are not made of raw pixels", export.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("bundle/golden.safetensors")));
        SlimmableProgram.Run(folder.Path, "validate", "bundle").Succeeded();
    }

    [Fact]
    public void Where_nothing_is_known_of_preprocessing_it_cannot_be_baked()
    {
        SlimmableProgram.Run(folder.Path, "init", TinyTask.Architecture, "--out", "init.safetensors").Succeeded();

        SlimmableProgram.Run(folder.Path, "export", "init.safetensors", "--out", "bundle", "--bake-preprocessing", "nhwc").Refused(1, "bakePreprocessing");
        SlimmableProgram.Run(folder.Path, "export", "init.safetensors", "--out", "bundle", "--bake-preprocessing", "hwc").Refused(2, "hwc");
        Assert.Equal(["init.safetensors"], folder.Names());
    }

    private double[] Evaluate(string bundle) =>
        [.. SlimmableProgram.Run(folder.Path, "evaluate", bundle, "--data", model.Data, "--threads", "1", "--json").Json()
            .GetProperty("subnets").EnumerateArray().Select(subnet => subnet.GetProperty("top1").GetDouble())];

    private ProgramResult Export(params IReadOnlyList<string> options) => SlimmableProgram.Run(folder.Path, ["export", model.Path, "--out", "bundle", .. options]);
}
