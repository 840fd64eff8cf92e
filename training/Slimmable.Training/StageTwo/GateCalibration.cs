using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>
/// Sets a trained gate to mean costs, by its scores on images that it has not learnt from. The labels are not looked at: what is kept is the cost, and
/// accuracy is whatever the gate has learnt.
/// </summary>
internal static class GateCalibration
{
    /// <summary>Adds to the bias of the gate's scores what the first target takes.</summary>
    /// <param name="network">A graph with a gate bias; only that bias is changed.</param>
    /// <param name="heldOut">Images that the gate has not learnt from.</param>
    /// <param name="targets">Mean costs within <see cref="GateCosts"/>, at least one.</param>
    /// <param name="batchDone">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>A point for each target, in their order.</returns>
    public static IReadOnlyList<OperatingPoint> Run(
        Supernet network, BatchSource heldOut, IReadOnlyList<double> targets, Action batchDone, CancellationToken cancellation)
    {
        var costs = GateCosts.Of(network.Graph);
        var dial = new GateDial(Scores(network, heldOut, batchDone, cancellation), costs);
        var dials = targets.Select(dial.At).ToList();
        float[] Offsets(double by) => [.. costs.Select(cost => (float)(by * cost))];

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        network[network.Graph.GateBias().Name].add_(torch.tensor(Offsets(-dials[0])));
        return [.. targets.Zip(dials, (target, at) => new OperatingPoint(target, Offsets(dials[0] - at)))];
    }

    private static float[] Scores(Supernet network, BatchSource images, Action batchDone, CancellationToken cancellation)
    {
        using var noGradient = torch.no_grad();
        var scores = new List<float>();
        foreach (var batch in images.InOrder())
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            using var input = batch.Images;
            batch.Labels.Dispose();
            scores.AddRange(network.Trunk(input, ForwardMode.Inference).GateLogits.data<float>().ToArray());
            batchDone();
        }

        return [.. scores];
    }
}
