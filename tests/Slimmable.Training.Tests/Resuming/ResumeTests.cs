using System.Text;
using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Resuming;

/// <summary>Runs that are stopped on their way and gone on with.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly Recipe Short = new()
    {
        Name = "short",
        Architecture = "ds-mbnet-fashion-quick",
        DataSet = new NamedSource("stripes"),
        Seed = 4,
        Calibration = new CalibrationOptions(Batches: 2),
        StageOne = new StageOneOptions { Epochs = 2, StepsPerEpoch = 4, BatchSize = 16, LearningRate = 0.1, RandomSubnets = 1, EmaDecay = 0.9 },
        StageTwo = new StageTwoOptions { Epochs = 2, StepsPerEpoch = 3, BatchSize = 16, LearningRate = 0.1 },
    };

    private static readonly DataSet Stripes = TinyNetwork.Data(train: 80, test: 20, size: 28, classes: 10);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Steps 1..8 are stage one's, then come 3 of recalibration (one per subnet), 6 of stage two and the evaluation.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(17)]
    public void A_run_that_was_stopped_goes_on_to_the_same_bytes(int step) => AssertSameBytes(Short, step);

    [Fact]
    public void So_does_one_without_a_moving_average() => AssertSameBytes(
        Short with { StageTwo = null, StageOne = Short.StageOne with { EmaDecay = null, Teaching = Teaching.Labels, Subnets = SubnetSampling.Every, ClipNorm = 1 } }, 5);

    [Theory]
    [InlineData(6)]
    [InlineData(15)]
    public void So_does_one_without_momentum(int step) => AssertSameBytes(
        Short with { StageOne = Short.StageOne with { Momentum = 0 }, StageTwo = Short.StageTwo! with { Momentum = 0 } }, step);

    [Fact]
    public void A_run_that_is_complete_is_left_as_it_is()
    {
        var path = folder.File("model.safetensors");
        new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()).Run();
        var bytes = File.ReadAllBytes(path);
        var progress = new SilentProgress();

        var checkpoint = new TrainingRun(Short, "{}", Stripes, path, progress) { Resume = true }.Run();

        Assert.Empty(progress.Phases);
        Assert.NotNull(checkpoint.Info.Accuracy);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_checkpoint_of_another_recipe_is_not_taken_for_a_complete_run()
    {
        var path = folder.File("model.safetensors");
        new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()).Run();
        var progress = new SilentProgress();

        new TrainingRun(Short, "{ }", Stripes, path, progress) { Resume = true }.Run();

        Assert.Equal("{ }", Checkpoint.Read(path).Info.Recipe);
    }

    [Fact]
    public void Runs_whose_names_differ_after_a_dot_have_states_of_their_own() => Assert.Equal(
        ["lr0.1.resume.safetensors", "lr0.2.resume.safetensors", "model.resume.safetensors"],
        new[] { "lr0.1", "lr0.2", "model.safetensors" }.Select(RunFiles.State));

    [Fact]
    public void A_state_is_not_overwritten_unasked()
    {
        var path = folder.File("model.safetensors");
        Stop(Short, path, step: 3);
        var before = File.ReadAllBytes(folder.File("model.resume.safetensors"));

        var fault = Assert.Throws<SlimmableException>(() => new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()).Run());

        Assert.Equal($"{folder.File("model.resume.safetensors")}: a run stopped here; go on with --resume, or delete the file to start anew", fault.Message);
        Assert.Equal(before, File.ReadAllBytes(folder.File("model.resume.safetensors")));
    }

    [Theory]
    [InlineData("{ }", 0.35)]
    [InlineData("{}", 0.3)]
    public void A_state_of_another_recipe_or_of_data_prepared_otherwise_is_refused(string recipe, double mean)
    {
        var path = folder.File("model.safetensors");
        Stop(Short, path, step: 3);
        var data = Stripes with { Preprocessing = Stripes.Preprocessing with { Mean = [mean] } };

        var fault = Assert.Throws<InvalidFileException>(() => new TrainingRun(Short, recipe, data, path, new SilentProgress()) { Resume = true }.Run());

        Assert.Equal(
            $"{folder.File("model.resume.safetensors")}: expected the state of a run with this recipe and this data, found another; delete it to start anew", fault.Message);
    }

    [Theory]
    [InlineData("\"slimmable.steps\":\"3\"", "\"slimmable.steps\":\"9\"", "expected at most the 8 steps that stage one has, found 9")]
    [InlineData("stage one", "stage six", "expected a state of stage one or stage two, found 'stage six'")]
    [InlineData("momentum.stem", "momenta_.stem", "tensor 'momentum.stem.conv.weight': expected [16, 1, 3, 3], found none")]
    public void A_state_that_no_run_has_is_refused(string text, string forged, string fault)
    {
        var path = folder.File("model.safetensors");
        var state = folder.File("model.resume.safetensors");
        Stop(Short, path, step: 3);
        var content = Encoding.Latin1.GetString(File.ReadAllBytes(state));
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllBytes(state, Encoding.Latin1.GetBytes(content.Replace(text, forged, StringComparison.Ordinal)));

        var found = Assert.Throws<InvalidFileException>(() => new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()) { Resume = true }.Run());

        Assert.Equal($"{state}: {fault}", found.Message);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        var path = folder.File("model.safetensors");
        Stop(Short, path, step: 3);
        var state = File.ReadAllBytes(folder.File("model.resume.safetensors"));
        File.WriteAllBytes(folder.File("model.resume.safetensors"), state[..(state.Length / 2)]);

        var fault = Assert.Throws<InvalidFileException>(() => new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()) { Resume = true }.Run());

        Assert.StartsWith($"{folder.File("model.resume.safetensors")}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_cannot_be_written_ends_the_run_and_the_last_checkpoint_stays()
    {
        var path = folder.File("model.safetensors");
        var checkpoint = Array.Empty<byte>();
        var progress = new SilentProgress
        {
            OnStep = step =>
            {
                if (step == 5)
                {
                    checkpoint = File.ReadAllBytes(path);
                    File.Delete(folder.File("model.resume.safetensors"));
                    Directory.CreateDirectory(folder.File("model.resume.safetensors"));
                }
            },
        };

        var fault = Assert.Throws<InvalidFileException>(() => new TrainingRun(Short, "{}", Stripes, path, progress) { SaveInterval = TimeSpan.Zero }.Run());

        Assert.StartsWith($"{folder.File("model.resume.safetensors")}: cannot be written: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, progress.Steps);
        Assert.Equal(checkpoint, File.ReadAllBytes(path));
        Assert.Equal(["model.metrics.jsonl", "model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_a_killed_writer_left_is_cleared_away()
    {
        var path = folder.File("model.safetensors");
        Stop(Short, path, step: 3);
        File.WriteAllText(folder.File($".model.safetensors.{Guid.NewGuid():N}.tmp"), "half");
        File.WriteAllText(folder.File($".model.resume.safetensors.{Guid.NewGuid():N}.tmp"), "half");
        File.WriteAllText(folder.File($".model.metrics.jsonl.{Guid.NewGuid():N}.tmp"), "half");
        File.WriteAllText(folder.File($".model.report.html.{Guid.NewGuid():N}.tmp"), "half");

        new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()) { Resume = true }.Run();

        Assert.Equal(["model.metrics.jsonl", "model.report.html", "model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void Metrics_of_steps_that_are_done_again_are_dropped(int step)
    {
        var (whole, path) = (folder.File("whole.safetensors"), folder.File("model.safetensors"));
        new TrainingRun(Short, "{}", Stripes, whole, new SilentProgress()).Run();
        Stop(Short, path, step);
        var done = File.ReadAllLines(RunFiles.Metrics(whole));

        // What a killed run had written after its last state, and half a line.
        File.WriteAllText(RunFiles.Metrics(path), $"{string.Join('\n', done)}\n{{\"phase\":\"sta");
        new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()) { Resume = true }.Run();

        Assert.Equal(MetricsOf(whole), MetricsOf(path));
    }

    [Fact]
    public void A_run_that_starts_anew_starts_its_metrics_anew()
    {
        var path = folder.File("model.safetensors");
        new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()).Run();
        var once = MetricsOf(path);

        new TrainingRun(Short, "{}", Stripes, path, new SilentProgress()).Run();

        Assert.Equal(once, MetricsOf(path));
    }

    private static void Stop(Recipe recipe, string path, int step)
    {
        using var stop = new CancellationTokenSource();
        var progress = new SilentProgress
        {
            OnStep = done =>
            {
                if (done == step)
                {
                    stop.Cancel();
                }
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingRun(recipe, "{}", Stripes, path, progress).Run(stop.Token));
    }

    private void AssertSameBytes(Recipe recipe, int step)
    {
        var (whole, stopped) = (folder.File("whole.safetensors"), folder.File("stopped.safetensors"));
        new TrainingRun(recipe, "{}", Stripes, whole, new SilentProgress()).Run();
        Stop(recipe, stopped, step);

        new TrainingRun(recipe, "{}", Stripes, stopped, new SilentProgress()) { Resume = true }.Run();

        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(stopped));
        Assert.Equal(MetricsOf(whole), MetricsOf(stopped));
        Assert.Equal(
            from name in new[] { "stopped", "whole" } from extension in new[] { "metrics.jsonl", "report.html", "safetensors" } select $"{name}.{extension}",
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    /// <summary>The lines without the times: a run that was not stopped and one that was took different ones.</summary>
    private static IEnumerable<string> MetricsOf(string checkpoint) =>
        File.ReadAllText(RunFiles.Metrics(checkpoint)).Split('\n').Select(line => Regex.Replace(line, "\"seconds\":[^,}]*", string.Empty));
}
