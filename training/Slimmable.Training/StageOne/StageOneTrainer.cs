using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>Stage I: trains the supernet's shared weights. The gate's slimming head is left as it is.</summary>
/// <param name="supernet">What is trained, in place.</param>
/// <param name="average">Its moving average, which teaches and is updated after each step.</param>
/// <param name="options">The recipe's part.</param>
/// <param name="batches">Where batches come from; of the options' batch size.</param>
/// <param name="augmentation">How images are varied.</param>
/// <param name="seeds">The run's seeds.</param>
/// <param name="progress">Told of every step and epoch.</param>
public sealed class StageOneTrainer(
    Supernet supernet,
    MovingAverage average,
    StageOneOptions options,
    BatchSource batches,
    Augmentation augmentation,
    Seeds seeds,
    ITrainingProgress progress)
{
    /// <summary>The phase's name in progress and metrics.</summary>
    public const string Phase = "stage one";

    /// <summary>Trains all epochs.</summary>
    /// <param name="epochDone">Called after each epoch, counted from 1.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="TrainingException">A loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the supernet is as after the last whole step.</exception>
    public void Run(Action<int>? epochDone = null, CancellationToken cancellation = default)
    {
        var stepsPerEpoch = Math.Min(options.StepsPerEpoch ?? int.MaxValue, batches.BatchesPerEpoch);
        var steps = (long)options.Epochs * stepsPerEpoch;
        var schedule = new LearningRateSchedule(options.LearningRate, (long)(options.WarmUpEpochs * stepsPerEpoch), steps);
        var sandwich = new SandwichStep(supernet, average.Network, options);
        using var optimizer = CreateOptimizer();
        var meter = new MeanMeter();
        progress.PhaseStarted(Phase, steps);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var order = batches.OrderOf(epoch, seeds);
            for (var index = 0; index < stepsPerEpoch; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                var step = ((long)epoch * stepsPerEpoch) + index;
                using var scope = torch.NewDisposeScope();
                torch.manual_seed(seeds.For("dropout", step));
                SetLearningRate(optimizer, schedule.At(step));
                optimizer.zero_grad();
                var batch = batches.Training(((long)epoch * batches.BatchesPerEpoch) + index, order, augmentation, seeds);
                foreach (var (subnet, loss) in sandwich.Run(batch, seeds.Random("subnets", step)))
                {
                    meter.Add(Name(subnet), double.IsFinite(loss)
                        ? loss
                        : throw new TrainingException($"{Phase}, step {step}: expected a finite loss of subnet '{subnet}', found {loss}; a lower learning rate may help"));
                }

                optimizer.step();
                average.Update();
                progress.StepDone();
            }

            progress.EpochDone(new EpochMetrics(Phase, epoch + 1, options.Epochs, schedule.At(((long)(epoch + 1) * stepsPerEpoch) - 1), meter.TakeMeans()));
            epochDone?.Invoke(epoch + 1);
        }
    }

    /// <summary>Two groups: weight decay is for matrices and kernels, not for gammas, betas and biases.</summary>
    private SGD CreateOptimizer()
    {
        var graph = supernet.Graph;
        var learnt = graph.NodesFor([graph.Definition.Logits]).SelectMany(graph.TensorsOf).Where(spec => spec.IsLearnt).ToLookup(spec => spec.Dimensions.Count > 1);
        SGD.ParamGroup Group(bool decayed) => new(
            supernet.Parameters(learnt[decayed]), options.LearningRate, options.Momentum, 0, decayed ? options.WeightDecay : 0, options.Momentum > 0);
        return torch.optim.SGD([Group(decayed: true), Group(decayed: false)], options.LearningRate, options.Momentum, nesterov: options.Momentum > 0);
    }

    private static void SetLearningRate(SGD optimizer, double rate)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }
    }

    private string Name(string subnet) => subnet switch
    {
        _ when subnet == supernet.Graph.Teacher.Name => "teacher loss",
        _ when subnet == supernet.Graph.Routable[0].Name => "narrowest loss",
        _ => "random loss",
    };
}
