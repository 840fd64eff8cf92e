using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests;

/// <summary>Whole runs on images that are easy to learn.</summary>
public class TrainingRunTests
{
    private static readonly Recipe Short = new()
    {
        Name = "short",
        Architecture = "ds-mbnet-fashion-quick",
        DataSet = new NamedSource("stripes"),
        Seed = 4,
        Calibration = new CalibrationOptions(Batches: 4),
        StageOne = new StageOneOptions { Epochs = 2, StepsPerEpoch = 10, BatchSize = 32, LearningRate = 0.1, RandomSubnets = 1, EmaDecay = 0.9 },
        StageTwo = new StageTwoOptions { Epochs = 1, StepsPerEpoch = 4, BatchSize = 32, LearningRate = 0.1 },
    };

    private static readonly DataSet Stripes = TinyNetwork.Data(train: 320, test: 100, size: 28, classes: 10);

    [Fact]
    public void A_run_learns_and_leaves_a_checkpoint_with_everything_in_it()
    {
        using var folder = new TempFolder();
        var path = folder.File("model.safetensors");
        var progress = new SilentProgress();

        new TrainingRun(Short with { StageOne = Short.StageOne with { Epochs = 8 } }, "{}", Stripes, path, progress).Run();

        var checkpoint = Checkpoint.Read(path);
        Assert.Equal((4L, "stripes", "{}"), (checkpoint.Info.Seed, checkpoint.Info.DataSet, checkpoint.Info.Recipe));
        Assert.All(checkpoint.Info.Accuracy!.Subnets, subnet => Assert.InRange(subnet.Top1, 60, 100));
        Assert.Equal(1, checkpoint.Info.Accuracy.Routed!.Shares.Values.Sum(), 1e-9);
        Assert.Equal(64, checkpoint.Golden!.Count);
        Assert.Equal(["stage one", "recalibration", "stage two", "evaluation", "report"], progress.Phases.Select(phase => phase.Phase));
        Assert.True(progress.Epochs[7].Values["widest loss"] < progress.Epochs[0].Values["widest loss"]);
        Assert.Equal(["model.metrics.jsonl", "model.report.html", "model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_gate_with_targets_keeps_them_on_images_that_nothing_was_chosen_by()
    {
        using var folder = new TempFolder();
        var path = folder.File("model.safetensors");
        var data = TinyNetwork.Data(train: 1200, test: 600, size: 28, classes: 10);

        var checkpoint = new TrainingRun(WithTargets(Short), "{}", data, path, new SilentProgress()).Run();

        Assert.Equal([0.6, 0.4], checkpoint.Info.OperatingPoints!.Select(point => point.TargetCost));
        var widest = CostModel.Of(checkpoint.Graph, checkpoint.Graph.Routable[^1]).MAdds;
        Assert.All(checkpoint.Info.Accuracy!.RoutedAt, routed => Assert.Equal(routed.TargetCost!.Value, routed.MeanMAdds / widest, 0.06));
        Assert.All(checkpoint.Info.Accuracy.RoutedAt, routed => Assert.True(routed.Shares.Values.Count(share => share > 0) >= 2));
        Assert.Equal(checkpoint.Info.OperatingPoints!.SelectMany(point => point.Offsets), Checkpoint.Read(path).Info.OperatingPoints!.SelectMany(point => point.Offsets));
    }

    [Fact]
    public void A_target_that_no_candidates_can_reach_is_refused_before_anything_is_trained()
    {
        using var folder = new TempFolder();
        var cheap = Short with { StageTwo = Short.StageTwo! with { TargetCost = 0.01 } };

        var fault = Assert.Throws<SlimmableException>(() => new TrainingRun(cheap, "{}", Stripes, folder.File("m"), new SilentProgress()).Run());

        Assert.Matches(@"^stageTwo.targetCost, otherTargetCosts: expected 0\.\d+ to 1(\.\d+)?, what the gate's candidates cost with the gate, found 0.01$", fault.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_gate_is_trained_anew_on_the_supernet_of_a_checkpoint()
    {
        using var folder = new TempFolder();
        var whole = new TrainingRun(WithTargets(Short), "{}", Stripes, folder.File("whole"), new SilentProgress()).Run();
        var progress = new SilentProgress();

        var again = new TrainingRun(WithTargets(Short), "{}", Stripes, folder.File("again"), progress) { From = folder.File("whole") }.Run();
        var other = new TrainingRun(WithTargets(Short) with { Seed = 5 }, "{}", Stripes, folder.File("other"), new SilentProgress()) { From = folder.File("whole") }.Run();

        Assert.Equal(["stage two", "setting the gate", "evaluation", "report"], progress.Phases.Select(phase => phase.Phase));
        Assert.All(whole.Weights, pair => Assert.All(pair.Value.Zip(again.Weights[pair.Key]), values => Assert.Equal(values.First, values.Second, 1e-4f)));
        var changed = whole.Weights.Where(pair => !pair.Value.SequenceEqual(other.Weights[pair.Key])).Select(pair => pair.Key);
        Assert.Equal(["gate.slimming.bias", "gate.slimming.weight"], changed.Order());
    }

    [Fact]
    public void A_supernet_of_another_architecture_is_refused()
    {
        using var folder = new TempFolder();
        new TrainingRun(Short with { Architecture = "ds-mbnet-fashion" }, "{}", Stripes, folder.File("other"), new SilentProgress()).Run();

        var fault = Assert.Throws<InvalidFileException>(
            () => new TrainingRun(Short, "{}", Stripes, folder.File("m"), new SilentProgress()) { From = folder.File("other") }.Run());

        Assert.EndsWith(
            "other: expected the supernet of 'ds-mbnet-fashion-quick' as the recipe builds it, found 'ds-mbnet-fashion' with other layers or widths",
            fault.Message,
            StringComparison.Ordinal);
    }

    private static Recipe WithTargets(Recipe recipe) => recipe with { StageTwo = recipe.StageTwo! with { TargetCost = 0.6, OtherTargetCosts = [0.4] } };

    [Fact]
    public void The_same_recipe_gives_the_same_bytes_and_another_seed_others()
    {
        using var folder = new TempFolder();
        byte[] Train(Recipe recipe, string name)
        {
            new TrainingRun(recipe, "{}", Stripes, folder.File(name), new SilentProgress()).Run();
            return File.ReadAllBytes(folder.File(name));
        }

        var first = Train(Short, "first");

        Assert.Equal(first, Train(Short, "second"));
        Assert.NotEqual(first, Train(Short with { Seed = 5 }, "third"));
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_a_usable_checkpoint()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var progress = new SilentProgress
        {
            OnStep = step =>
            {
                if (step == 5)
                {
                    stop.Cancel();
                }
            },
        };
        var path = folder.File("model.safetensors");

        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingRun(Short, "{}", Stripes, path, progress).Run(stop.Token));

        Assert.Null(Checkpoint.Read(path).Info.Accuracy);
        Assert.Equal(["model.resume.safetensors", "model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_loss_that_is_no_number_any_more_ends_the_run_and_names_the_step()
    {
        using var folder = new TempFolder();
        var wild = Short with { StageOne = Short.StageOne with { LearningRate = 1e30 } };

        var fault = Assert.Throws<TrainingException>(() => new TrainingRun(wild, "{}", Stripes, folder.File("m"), new SilentProgress()).Run());

        Assert.Matches("^stage one, step \\d+: expected a finite loss of subnet '[^']+', found (NaN|∞|Infinity); a lower learning rate may help$", fault.Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Weights_that_are_no_numbers_any_more_are_not_written_over_good_ones()
    {
        using var folder = new TempFolder();
        var path = folder.File("model.safetensors");
        File.WriteAllText(path, "good");
        var wild = Short with { StageOne = Short.StageOne with { LearningRate = 1e30, StepsPerEpoch = 1 } };

        var fault = Assert.Throws<TrainingException>(() => new TrainingRun(wild, "{}", Stripes, path, new SilentProgress()).Run());

        Assert.Matches("model.safetensors: was not written: [^;]*expected finite numbers, found [^;]*; a lower learning rate may help$", fault.Message);
        Assert.Equal("good", File.ReadAllText(path));
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        // What other tests left to the finalizers goes first.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var folder = new TempFolder();
        var counts = new Dictionary<int, long>();
        var progress = new SilentProgress { OnStep = step => counts[step] = torch.Tensor.TotalCount };

        new TrainingRun(Short, "{}", Stripes, folder.File("m"), progress) { SaveInterval = TimeSpan.Zero }.Run();

        // Steps 1..20 are stage one's, in two epochs, then come 3 of recalibration, 4 of stage two, 1 of evaluation and 1 of the report.
        Assert.Equal(29, progress.Steps);
        Assert.Equal(counts[3], counts[19]);
        Assert.Equal(counts[21], counts[23]);
        Assert.Equal(counts[25], counts[27]);
    }

    [Fact]
    public void Too_few_images_for_a_batch_are_refused()
    {
        using var folder = new TempFolder();

        var fault = Assert.Throws<SlimmableException>(
            () => new TrainingRun(Short with { TrainImages = 20 }, "{}", Stripes, folder.File("m"), new SilentProgress()).Run());

        Assert.Equal("data set stripes: expected at least one batch of 32 training images, found 20", fault.Message);
    }
}
