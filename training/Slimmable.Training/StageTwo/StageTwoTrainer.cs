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
        var loop = new TrainingLoop(Phase, options, batches, augmentation, seeds, progress);
        using var scope = torch.NewDisposeScope();
        var objective = new GateObjective(graph, options);
        using var optimizer = torch.optim.SGD(
            supernet.Parameters(head), options.LearningRate, options.Momentum, 0, options.WeightDecay, options.Momentum > 0);
        loop.Run(optimizer, step => Learn(loop, objective, candidates, step), () => { }, () => { }, cancellation);
    }

    private void Learn(TrainingLoop loop, GateObjective objective, List<Subnet> candidates, TrainingStep step)
    {
        using var generator = new torch.Generator((ulong)seeds.For("gumbel", step.Index));
        var (features, scores) = supernet.Trunk(step.Batch.Images, ForwardMode.Inference);
        var (loss, meanCost) = objective.Of(scores, Answers(features, candidates), step.Batch.Labels, generator);
        loss.backward();
        step.Meter.Add("gate loss", loop.Finite(loss.item<float>(), "the gate", step.Index));
        step.Meter.Add("mean cost", meanCost.item<float>());
    }

    private List<torch.Tensor> Answers(torch.Tensor features, List<Subnet> candidates)
    {
        using var noGradient = torch.no_grad();
        return [.. candidates.Select(candidate => supernet.Tail(features, candidate, ForwardMode.Inference))];
    }
}
