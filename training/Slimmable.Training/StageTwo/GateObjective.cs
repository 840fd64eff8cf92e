using Slimmable.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>
/// The loss of Stage II on one batch: cross-entropy of the routed answer, a cost term, and sandwich gate sparsification, which labels every
/// image with the narrowest or the widest candidate.
/// </summary>
internal sealed class GateObjective
{
    private readonly StageTwoOptions options;
    private readonly Tensor costs;

    /// <param name="graph">A graph with a gate.</param>
    /// <param name="options">The recipe's part.</param>
    public GateObjective(SupernetGraph graph, StageTwoOptions options)
    {
        this.options = options;
        costs = torch.tensor(GateCosts.Of(graph).Select(cost => (float)cost).ToArray());
    }

    /// <summary>The loss and its parts.</summary>
    /// <param name="scores">The gate's, <c>[N, K]</c>; gradients flow here.</param>
    /// <param name="answers">Every candidate's logits <c>[N, classes]</c>, without gradient.</param>
    /// <param name="labels">Int64 <c>[N]</c>.</param>
    /// <param name="generator">Of the Gumbel noise.</param>
    public (Tensor Loss, Tensor MeanCost) Of(Tensor scores, IReadOnlyList<Tensor> answers, Tensor labels, Generator generator)
    {
        var chosen = Losses.GumbelOneHot(scores, options.Temperature, options.NoiseScale, generator);
        var routed = torch.stack([.. answers], 1).mul(chosen.unsqueeze(2)).sum(1);
        var meanCost = chosen.matmul(costs).mean();
        var judged = options.DoubleSoftmax ? scores.softmax(1) : scores;
        var loss = Losses.CrossEntropy(routed, labels, options.LabelSmoothing)
            .add(meanCost.sub(options.TargetCost).pow(2).mul(options.CostWeight))
            .add(Losses.CrossEntropy(judged, SandwichLabels(answers, labels), options.LabelSmoothing).mul(options.GateWeight));
        return (loss, meanCost);
    }

    /// <summary>Int64 <c>[N]</c>: 0 for the narrowest candidate, K - 1 for the widest.</summary>
    private Tensor SandwichLabels(IReadOnlyList<Tensor> answers, Tensor labels)
    {
        var widest = answers[0].argmax(1).ne(labels);
        if (options.LabelRule == LabelRule.GiveUp)
        {
            widest = widest.logical_and(answers[^1].argmax(1).eq(labels));
        }

        return widest.to(ScalarType.Int64).mul(answers.Count - 1);
    }
}
