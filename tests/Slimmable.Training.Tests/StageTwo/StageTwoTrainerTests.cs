using Slimmable.Models;

namespace Slimmable.Training.Tests.StageTwo;

public class StageTwoTrainerTests
{
    [Fact]
    public void Only_the_slimming_head_learns()
    {
        using var supernet = TinyNetwork.Initialized();
        var before = supernet.Weights();
        var source = new BatchSource(TinyNetwork.Stripes(64, 8, 4, seed: 3), new Preprocessing(1.0 / 255, [0.35], [0.3]), batchSize: 16);
        var options = new StageTwoOptions { Epochs = 2, BatchSize = 16, LearningRate = 0.1 };

        using var folder = new TempFolder();
        var keeper = new StateKeeper(new StateFile(folder.File("state"), "test"), TimeSpan.MaxValue, resumed: null);
        var around = new StageSurroundings(source, new Augmentation(), new Seeds(1), keeper, new SilentProgress());

        new StageTwoTrainer(supernet, options, around).Run(CancellationToken.None);

        var changed = supernet.Weights().Where(pair => !pair.Value.SequenceEqual(before[pair.Key])).Select(pair => pair.Key);
        Assert.Equal(["gate.slimming.weight"], changed);
    }
}
