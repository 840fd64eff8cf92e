using Slimmable.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>
/// Stage II: trains the gate's slimming head on a frozen supernet. As the supernet does not change, every candidate's answer is computed
/// without gradient where it is needed at all, and the choice among them is what learns.
/// </summary>
/// <param name="supernet">Its slimming head is trained, in place.</param>
/// <param name="options">The recipe's part.</param>
/// <param name="around">What the stage works with.</param>
internal sealed class StageTwoTrainer(Supernet supernet, StageTwoOptions options, StageSurroundings around)
{
    /// <summary>The phase's name in progress, metrics and states.</summary>
    public const string Phase = "stage two";

    /// <summary>Trains all epochs that are not done yet.</summary>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="InvalidOperationException">The graph has no gate.</exception>
    /// <exception cref="TrainingException">The loss is not a finite number.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the supernet is as after the last whole step.</exception>
    public void Run(CancellationToken cancellation)
    {
        var graph = supernet.Graph;
        var gate = graph.Gate ?? throw new InvalidOperationException($"graph '{graph.Name}' has no gate");
        var candidates = gate.Candidates.Select(graph.Subnet).ToList();
        TensorSpec[] head = [.. graph.NodesFor([gate.Logits]).Except(graph.NodesFor([graph.Definition.Logits])).SelectMany(graph.TensorsOf)];
        var loop = new TrainingLoop(Phase, options, around);
        using var scope = torch.NewDisposeScope();
        var objective = new GateObjective(graph, options, options.LabelRule == LabelRule.Uncertainty ? ErrorsOf(candidates, cancellation) : null);
        Parameter[] parameters = [.. supernet.Parameters(head)];
        ForgetScores(graph);
        using var optimizer = torch.optim.SGD(
            parameters, options.LearningRate, options.Momentum, 0, options.WeightDecay, options.Momentum > 0);
        OptimizerMemory.Reserve(parameters, optimizer);
        var tensors = new StateTensors(supernet, average: null, optimizer, head);
        var frozen = graph.Tensors.Where(spec => spec.IsLearnt && !head.Contains(spec)).Select(spec => supernet[spec.Name]).ToList();
        frozen.ForEach(tensor => tensor.requires_grad = false);
        try
        {
            loop.Run(optimizer, tensors, step => Learn(loop, objective, candidates, step), _ => { }, () => { }, cancellation);
        }
        finally
        {
            frozen.ForEach(tensor => tensor.requires_grad = true);
        }
    }

    /// <summary>
    /// A gate starts without an opinion: scores of random weights are as large as what feeds them, and it takes a lucky learning rate to get from there to any
    /// others.
    /// </summary>
    private void ForgetScores(SupernetGraph graph)
    {
        using var noGradient = torch.no_grad();
        foreach (var spec in graph.TensorsOf(graph.GateScores()))
        {
            supernet[spec.Name].zero_();
        }
    }

    /// <summary>The candidates' error rates on the images that the gate learns from, as they are.</summary>
    private List<double> ErrorsOf(List<Subnet> candidates, CancellationToken cancellation)
    {
        around.Progress.PhaseStarted("errors of the widths", around.Batches.BatchesInOrder);
        var accuracy = Evaluator.Run(supernet, around.Batches, points: null, around.Progress.StepDone, cancellation).Subnets.ToDictionary(subnet => subnet.Name);
        return [.. candidates.Select(candidate => 1 - (accuracy[candidate.Name].Top1 / 100))];
    }

    private void Learn(TrainingLoop loop, GateObjective objective, List<Subnet> candidates, TrainingStep step)
    {
        using var generator = new torch.Generator((ulong)around.Seeds.For("gumbel", step.Index));
        var (features, scores) = supernet.Trunk(step.Batch.Images, ForwardMode.Inference);
        var answers = new GateAnswers(candidates.Count, index => supernet.Tail(features, candidates[index], ForwardMode.Inference));
        var (loss, meanCost) = objective.Of(scores, answers, step.Batch.Labels, generator);
        loss.backward();
        step.Meter.Add("gate loss", loop.Finite(loss.item<float>(), "the gate", step.Index));
        step.Meter.Add("mean cost", meanCost.item<float>());
    }
}
