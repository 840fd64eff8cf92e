using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>Counts where a gate sends images at one of its operating points, and how many are answered rightly there.</summary>
/// <param name="graph">A graph with a gate.</param>
/// <param name="point">What the gate is set to; null for its scores as they are.</param>
internal sealed class RouteCount(SupernetGraph graph, OperatingPoint? point)
{
    private readonly IReadOnlyList<string> candidates = graph.Gate!.Candidates;
    private readonly int[] taken = new int[graph.Gate!.Candidates.Count];
    private int right;

    /// <summary>What was counted.</summary>
    public RoutedAccuracy Accuracy
    {
        get
        {
            var images = (double)taken.Sum();
            var head = CostModel.OfGate(graph, graph.Gate!).MAdds;
            var spent = candidates.Zip(taken, (name, count) => (double)count * (CostModel.Of(graph, graph.Subnet(name)).MAdds + head)).Sum();
            var shares = candidates.Zip(taken).ToDictionary(pair => pair.First, pair => pair.Second / images);
            return new RoutedAccuracy(100 * right / images, spent / images, shares, point?.TargetCost);
        }
    }

    /// <summary>Counts a batch.</summary>
    /// <param name="scores">The gate's, <c>[N, candidates]</c>.</param>
    /// <param name="hits">By subnet, whether it answers each image rightly.</param>
    public void Take(torch.Tensor scores, IReadOnlyDictionary<string, bool[]> hits)
    {
        using var scope = torch.NewDisposeScope();
        var set = point is null ? scores : scores.add(torch.tensor(point.Offsets.ToArray()));
        foreach (var (row, choice) in set.argmax(1).data<long>().ToArray().Index())
        {
            taken[choice]++;
            right += hits[candidates[(int)choice]][row] ? 1 : 0;
        }
    }
}
