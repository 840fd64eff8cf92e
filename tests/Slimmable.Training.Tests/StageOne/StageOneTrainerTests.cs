using Slimmable.Models;

namespace Slimmable.Training.Tests.StageOne;

/// <summary>What one plain step, at rate 1 and without momentum, moves.</summary>
public class StageOneTrainerTests
{
    private static readonly StageOneOptions Plain = new()
    {
        Epochs = 1,
        StepsPerEpoch = 1,
        BatchSize = 16,
        LearningRate = 1,
        Momentum = 0,
        WeightDecay = 0,
        Dropout = false,
    };

    [Fact]
    public void The_slimming_head_is_left_as_it_is()
    {
        var still = Moved(Plain).Where(pair => pair.Value.All(value => value == 0)).Select(pair => pair.Key);

        Assert.Equal(["gate.slimming.weight"], still);
    }

    [Fact]
    public void Clipping_limits_the_norm_of_all_gradients_together()
    {
        Assert.True(Norm(Moved(Plain)) > 0.1);
        Assert.Equal(0.1, Norm(Moved(Plain with { ClipNorm = 0.1 })), 1e-4);
    }

    [Fact]
    public void Weight_decay_spares_what_has_one_dimension()
    {
        using var supernet = TinyNetwork.Initialized();
        var before = supernet.Weights();
        var (without, with) = (Moved(Plain), Moved(Plain with { WeightDecay = 0.5 }));

        foreach (var spec in supernet.Graph.Tensors.Where(spec => without.ContainsKey(spec.Name) && spec.Node.Name != "gate.slimming"))
        {
            var share = spec.Dimensions.Count > 1 ? 0.5f : 0;
            Assert.All(
                before[spec.Name].Zip(without[spec.Name].Zip(with[spec.Name])),
                pair => Assert.Equal(-share * pair.First, pair.Second.Second - pair.Second.First, 1e-5f));
        }
    }

    /// <summary>By how much a step moves each learnt tensor.</summary>
    private static Dictionary<string, float[]> Moved(StageOneOptions options)
    {
        using var supernet = TinyNetwork.Initialized();
        using var average = new MovingAverage(supernet, decay: 0.9);
        var before = supernet.Weights();
        using var folder = new TempFolder();
        var keeper = new StateKeeper(new StateFile(folder.File("state"), "test"), TimeSpan.MaxValue, resumed: null);
        var source = new BatchSource(TinyNetwork.Stripes(16, 8, 4, seed: 3), new Preprocessing(1.0 / 255, [0.35], [0.3]), batchSize: 16);
        var around = new StageSurroundings(source, new Augmentation(), new Seeds(1), keeper, new SilentProgress());

        new StageOneTrainer(supernet, average, options, around).Run(() => { }, CancellationToken.None);

        var after = supernet.Weights();
        return supernet.Graph.Tensors.Where(spec => spec.IsLearnt).ToDictionary(
            spec => spec.Name, spec => after[spec.Name].Zip(before[spec.Name], (now, then) => now - then).ToArray());
    }

    private static double Norm(Dictionary<string, float[]> moved) => Math.Sqrt(moved.Values.SelectMany(values => values).Sum(value => (double)value * value));
}
