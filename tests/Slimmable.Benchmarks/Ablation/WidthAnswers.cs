using Slimmable.Models;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.Benchmarks;

/// <summary>What a supernet's widths answer to each test image, and from that what any choice among them could reach at most, or does without looking.</summary>
/// <param name="Costs">Multiply-adds by width, ascending; a gate is not part of them.</param>
/// <param name="Right">By width, then by image: whether the answer is the label.</param>
internal sealed record WidthAnswers(IReadOnlyList<double> Costs, IReadOnlyList<bool[]> Right)
{
    private const int Batch = 250;

    private int Images => Right[0].Length;

    /// <summary>Asks every routable width of a checkpoint.</summary>
    public static WidthAnswers Of(Checkpoint checkpoint, DataSet data)
    {
        var graph = checkpoint.Graph;
        using var supernet = new Supernet(graph);
        supernet.Load(checkpoint.Weights);
        var right = graph.Routable.Select(_ => new List<bool>()).ToList();
        using var noGradient = torch.no_grad();
        foreach (var batch in new BatchSource(data.Test, data.Preprocessing, Batch).InOrder())
        {
            using var scope = torch.NewDisposeScope();
            using var images = batch.Images;
            using var labels = batch.Labels;
            foreach (var (width, logits) in supernet.Logits(images, graph.Routable, ForwardMode.Inference).Index())
            {
                right[width].AddRange(logits.argmax(1).eq(labels).data<bool>().ToArray());
            }
        }

        return new([.. graph.Routable.Select(subnet => (double)CostModel.Of(graph, subnet).MAdds)], [.. right.Select(width => width.ToArray())]);
    }

    /// <summary>Percent right of a width.</summary>
    public double Top1(int width) => 100.0 * Right[width].Count(right => right) / Images;

    /// <summary>
    /// Percent right, on the average, of a choice that does not look: each image goes to one of the two widths next to the cost, by chance, so that the
    /// mean cost is the one given. Beyond the narrowest or the widest it is that width.
    /// </summary>
    public double WithoutGate(double meanCost)
    {
        if (meanCost <= Costs[0])
        {
            return Top1(0);
        }

        var upper = Enumerable.Range(1, Costs.Count - 1).FirstOrDefault(width => Costs[width] >= meanCost, Costs.Count - 1);
        var part = Math.Min(1, (meanCost - Costs[upper - 1]) / (Costs[upper] - Costs[upper - 1]));
        return Top1(upper - 1) + (part * (Top1(upper) - Top1(upper - 1)));
    }

    /// <summary>Percent right of the best single width that costs no more; of the narrowest where none does.</summary>
    public double BestWidth(double meanCost) =>
        Enumerable.Range(0, Costs.Count).Where(width => width == 0 || Costs[width] <= meanCost).Max(Top1);

    /// <summary>The choice of one that knows the labels: the cheapest width that is right, the narrowest where none is; but no more spent than a mean cost.</summary>
    /// <param name="meanCost">What may be spent; default all that helps.</param>
    /// <returns>Percent right and the mean cost.</returns>
    public (double Top1, double MeanCost) Oracle(double meanCost = double.PositiveInfinity)
    {
        // Every image that the narrowest gets wrong gains as much, so the cheapest gains come first.
        var gains = Enumerable.Range(0, Images)
            .Where(image => !Right[0][image])
            .Select(image => Enumerable.Range(1, Costs.Count - 1).FirstOrDefault(width => Right[width][image]))
            .Where(width => width > 0)
            .Select(width => Costs[width] - Costs[0])
            .Order();
        var (right, spent, budget) = (Right[0].Count(value => value), Costs[0] * Images, meanCost * Images);
        foreach (var gain in gains.TakeWhile(gain => spent + gain <= budget))
        {
            right++;
            spent += gain;
        }

        return (100.0 * right / Images, spent / Images);
    }
}
