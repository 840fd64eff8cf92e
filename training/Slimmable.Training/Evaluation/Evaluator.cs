using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>Measures a supernet on a test set: every subnet alone, and the gated network by the plain argmax of the gate's scores.</summary>
public static class Evaluator
{
    /// <summary>Measures.</summary>
    /// <param name="supernet">What is measured; nothing in it changes.</param>
    /// <param name="batches">The test images.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static AccuracyReport Run(
        Supernet supernet, BatchSource batches, Action? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(batches);
        var graph = supernet.Graph;
        var right = graph.Subnets.ToDictionary(subnet => subnet.Name, _ => 0);
        var taken = graph.Gate?.Candidates.ToDictionary(name => name, _ => 0);
        var (images, routedRight) = (0, 0);
        using var noGradient = torch.no_grad();
        foreach (var batch in batches.InOrder())
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var labels = batch.Labels.data<long>().ToArray();
            batch.Labels.Dispose();
            using var input = batch.Images;
            var hits = graph.Subnets.Zip(supernet.Logits(input, graph.Subnets, ForwardMode.Inference))
                .ToDictionary(pair => pair.First.Name, pair => Hits(pair.Second, labels));
            foreach (var (name, hit) in hits)
            {
                right[name] += hit.Count(value => value);
            }

            if (graph.Gate is { } gate)
            {
                var choices = supernet.Trunk(input, ForwardMode.Inference).GateLogits.argmax(1).data<long>().ToArray();
                for (var row = 0; row < choices.Length; row++)
                {
                    var name = gate.Candidates[(int)choices[row]];
                    taken![name]++;
                    routedRight += hits[name][row] ? 1 : 0;
                }
            }

            images += labels.Length;
            progress?.Invoke();
        }

        double Percent(int count) => 100.0 * count / images;
        var subnets = graph.Subnets.Select(subnet => new SubnetAccuracy(subnet.Name, Percent(right[subnet.Name]))).ToList();
        return new AccuracyReport(images, subnets, taken is null ? null : Routed(graph, taken, Percent(routedRight), images));
    }

    private static RoutedAccuracy Routed(SupernetGraph graph, Dictionary<string, int> taken, double top1, int images)
    {
        var head = CostModel.OfGate(graph, graph.Gate!).MAdds;
        var total = taken.Sum(pair => (double)pair.Value * (CostModel.Of(graph, graph.Subnet(pair.Key)).MAdds + head));
        return new RoutedAccuracy(top1, total / images, taken.ToDictionary(pair => pair.Key, pair => (double)pair.Value / images));
    }

    private static bool[] Hits(torch.Tensor logits, long[] labels) =>
        [.. logits.argmax(1).data<long>().ToArray().Zip(labels, (answer, label) => answer == label)];
}
