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
    /// <param name="epochDone">Called after each epoch.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="TrainingException">A loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the supernet is as after the last whole step.</exception>
    public void Run(Action epochDone, CancellationToken cancellation = default)
    {
        var sandwich = new SandwichStep(supernet, average.Network, options);
        var loop = new TrainingLoop(Phase, options, batches, augmentation, seeds, progress);
        using var optimizer = CreateOptimizer();
        loop.Run(optimizer, step => Learn(loop, sandwich, step), average.Update, epochDone, cancellation);
    }

    private void Learn(TrainingLoop loop, SandwichStep sandwich, TrainingStep step)
    {
        torch.manual_seed(seeds.For("dropout", step.Index));
        foreach (var (subnet, loss) in sandwich.Run(step.Batch, seeds.Random("subnets", step.Index)))
        {
            step.Meter.Add(MetricOf(subnet), loop.Finite(loss, $"subnet '{subnet}'", step.Index));
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

    private string MetricOf(string subnet) => subnet switch
    {
        _ when subnet == supernet.Graph.Teacher.Name => "teacher loss",
        _ when subnet == supernet.Graph.Routable[0].Name => "narrowest loss",
        _ => "random loss",
    };
}
