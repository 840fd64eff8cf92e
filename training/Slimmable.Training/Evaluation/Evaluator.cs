using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>Measures a supernet on a test set: every subnet alone, and the gated network at each of its operating points, by the plain argmax.</summary>
public static class Evaluator
{
    /// <summary>Measures.</summary>
    /// <param name="supernet">What is measured; nothing in it changes.</param>
    /// <param name="batches">The test images.</param>
    /// <param name="points">What the gate can be set to; empty or null for its scores as they are.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static AccuracyReport Run(
        Supernet supernet, BatchSource batches, IReadOnlyList<OperatingPoint>? points = null, Action? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(batches);
        var graph = supernet.Graph;
        var right = graph.Subnets.ToDictionary(subnet => subnet.Name, _ => 0);
        var routes = RoutesOf(graph, points);
        var images = 0;
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

            if (routes.Count > 0)
            {
                var scores = supernet.Trunk(input, ForwardMode.Inference).GateLogits;
                routes.ForEach(route => route.Take(scores, hits));
            }

            images += labels.Length;
            progress?.Invoke();
        }

        var subnets = graph.Subnets.Select(subnet => new SubnetAccuracy(subnet.Name, 100.0 * right[subnet.Name] / images)).ToList();
        return new AccuracyReport(images, subnets, [.. routes.Select(route => route.Accuracy)]);
    }

    private static List<RouteCount> RoutesOf(SupernetGraph graph, IReadOnlyList<OperatingPoint>? points) => (graph.Gate, points) switch
    {
        (null, _) => [],
        (_, null or []) => [new RouteCount(graph, null)],
        _ => [.. points.Select(point => new RouteCount(graph, point))],
    };

    private static bool[] Hits(torch.Tensor logits, long[] labels) =>
        [.. logits.argmax(1).data<long>().ToArray().Zip(labels, (answer, label) => answer == label)];
}
