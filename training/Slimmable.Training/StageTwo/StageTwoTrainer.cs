using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>
/// Stage II: trains the gate's slimming head on a frozen supernet. As the supernet does not change, every candidate's answer is computed
/// without gradient, and the choice among them is what learns.
/// </summary>
/// <param name="supernet">Its slimming head is trained, in place.</param>
/// <param name="options">The recipe's part.</param>
/// <param name="batches">Where batches come from; of the options' batch size.</param>
/// <param name="augmentation">How images are varied.</param>
/// <param name="seeds">The run's seeds.</param>
/// <param name="progress">Told of every step and epoch.</param>
public sealed class StageTwoTrainer(
    Supernet supernet,
    StageTwoOptions options,
    BatchSource batches,
    Augmentation augmentation,
    Seeds seeds,
    ITrainingProgress progress)
{
    /// <summary>The phase's name in progress and metrics.</summary>
    public const string Phase = "stage two";

    /// <summary>Trains all epochs.</summary>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="InvalidOperationException">The graph has no gate.</exception>
    /// <exception cref="TrainingException">The loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the supernet is as after the last whole step.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        var graph = supernet.Graph;
        var gate = graph.Gate ?? throw new InvalidOperationException($"graph '{graph.Name}' has no gate");
        var candidates = gate.Candidates.Select(graph.Subnet).ToList();
        var head = graph.NodesFor([gate.Logits]).Except(graph.NodesFor([graph.Definition.Logits])).SelectMany(graph.TensorsOf);
        var stepsPerEpoch = Math.Min(options.StepsPerEpoch ?? int.MaxValue, batches.BatchesPerEpoch);
        var steps = (long)options.Epochs * stepsPerEpoch;
        var schedule = new LearningRateSchedule(options.LearningRate, 0, steps);
        using var whole = torch.NewDisposeScope();
        var objective = new GateObjective(graph, options);
        using var optimizer = torch.optim.SGD(supernet.Parameters(head), options.LearningRate, 0.9, 0, options.WeightDecay, true);
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
                using var generator = new torch.Generator((ulong)seeds.For("gumbel", step));
                var batch = batches.Training(((long)epoch * batches.BatchesPerEpoch) + index, order, augmentation, seeds);
                foreach (var group in optimizer.ParamGroups)
                {
                    group.LearningRate = schedule.At(step);
                }

                optimizer.zero_grad();
                var (features, scores) = supernet.Trunk(batch.Images, ForwardMode.Inference);
                var (loss, meanCost) = objective.Of(scores, Answers(features, candidates), batch.Labels, generator);
                loss.backward();
                optimizer.step();
                meter.Add("gate loss", Finite(loss.item<float>(), step));
                meter.Add("mean cost", meanCost.item<float>());
                progress.StepDone();
            }

            progress.EpochDone(new EpochMetrics(Phase, epoch + 1, options.Epochs, schedule.At(((long)(epoch + 1) * stepsPerEpoch) - 1), meter.TakeMeans()));
        }
    }

    private List<torch.Tensor> Answers(torch.Tensor features, List<Subnet> candidates)
    {
        using var noGradient = torch.no_grad();
        return [.. candidates.Select(candidate => supernet.Tail(features, candidate, ForwardMode.Inference))];
    }

    private static double Finite(double loss, long step) => double.IsFinite(loss)
        ? loss
        : throw new TrainingException($"{Phase}, step {step}: expected a finite loss, found {loss}; a lower learning rate may help");
}
