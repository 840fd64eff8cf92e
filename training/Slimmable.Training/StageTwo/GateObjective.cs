using Slimmable.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>
/// The loss of Stage II on one batch: cross-entropy of the routed answer, a cost term, and what the label rule teaches: sandwich gate sparsification, which
/// labels every image with the narrowest or the widest candidate, or what each candidate loses to the widest.
/// </summary>
internal sealed class GateObjective
{
    private readonly StageTwoOptions options;
    private readonly Tensor costs;
    private readonly Tensor losses;

    /// <param name="graph">A graph with a gate.</param>
    /// <param name="options">The recipe's part.</param>
    /// <param name="errors">The candidates' error rates, for the rule <see cref="LabelRule.Uncertainty"/>; no other looks at them.</param>
    public GateObjective(SupernetGraph graph, StageTwoOptions options, IReadOnlyList<double>? errors = null)
    {
        this.options = options;
        losses = torch.tensor(LossesOf(errors ?? [], GateCosts.Of(graph)));
        costs = torch.tensor(GateCosts.Of(graph).Select(cost => (float)cost).ToArray());
    }

    /// <summary>The loss and its parts.</summary>
    /// <param name="scores">The gate's, <c>[N, K]</c>; gradients flow here.</param>
    /// <param name="answers">The candidates' logits <c>[N, classes]</c>, without gradient; asked for only where a weight above 0 needs them.</param>
    /// <param name="labels">Int64 <c>[N]</c>.</param>
    /// <param name="generator">Of the Gumbel noise.</param>
    public (Tensor Loss, Tensor MeanCost) Of(Tensor scores, GateAnswers answers, Tensor labels, Generator generator)
    {
        var chosen = Losses.GumbelOneHot(scores, options.Temperature, options.NoiseScale, generator);
        var meanCost = chosen.matmul(costs).mean();
        var loss = meanCost.sub(options.TargetCost).pow(2).mul(options.CostWeight);
        if (options.RoutedWeight > 0)
        {
            var routed = torch.stack([.. answers.All], 1).mul(chosen.unsqueeze(2)).sum(1);
            loss = loss.add(Losses.CrossEntropy(routed, labels, options.LabelSmoothing).mul(options.RoutedWeight));
        }

        if (options.GateWeight > 0)
        {
            var taught = options.LabelRule == LabelRule.Uncertainty ? Uncertainty(scores, answers.Narrowest) : Sandwich(scores, answers, labels);
            loss = loss.add(taught.mul(options.GateWeight));
        }

        return (loss, meanCost);
    }

    /// <summary>The squared error of the scores as what each candidate loses, summed over the candidates.</summary>
    private Tensor Uncertainty(Tensor scores, Tensor narrowest)
    {
        var unsure = narrowest.softmax(1).amax(1).neg().add(1);
        return scores.add(unsure.unsqueeze(1).mul(losses)).pow(2).sum(1).mean();
    }

    private Tensor Sandwich(Tensor scores, GateAnswers answers, Tensor labels) =>
        Losses.CrossEntropy(options.DoubleSoftmax ? scores.softmax(1) : scores, SandwichLabels(answers, labels), options.LabelSmoothing);

    /// <summary>
    /// What a candidate loses to the widest, as a part of what the narrowest loses. Where the narrowest loses nothing to the widest, costs stand in
    /// for errors, so that a dial still finds an order.
    /// </summary>
    private static float[] LossesOf(IReadOnlyList<double> errors, double[] costs)
    {
        var by = errors.Count > 0 && errors[0] > errors[^1] ? errors : [.. costs.Select(cost => -cost)];
        return [.. by.Select(value => (float)((value - by[^1]) / (by[0] - by[^1])))];
    }

    /// <summary>Int64 <c>[N]</c>: 0 for the narrowest candidate, K - 1 for the widest.</summary>
    private Tensor SandwichLabels(GateAnswers answers, Tensor labels)
    {
        var widest = answers.Narrowest.argmax(1).ne(labels);
        if (options.LabelRule == LabelRule.GiveUp)
        {
            widest = widest.logical_and(answers.Widest.argmax(1).eq(labels));
        }

        return widest.to(ScalarType.Int64).mul(answers.Count - 1);
    }
}
