using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>
/// Computes running statistics anew for every subnet after training (Yu and Huang, "Universally Slimmable Networks", ICCV 2019), from some
/// batches for each width.
/// </summary>
public static class BatchNormCalibration
{
    /// <summary>
    /// Recalibrates every subnet: those that only teach first, then the routable ones, so that statistics which two of them share end as the
    /// routable one needs them.
    /// </summary>
    /// <param name="supernet">What is recalibrated.</param>
    /// <param name="batches">Makes the batches, the same for every subnet; their images are disposed after use.</param>
    /// <param name="average">How the batches' statistics are averaged.</param>
    /// <param name="progress">Told after each subnet.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static void Run(
        Supernet supernet,
        Func<IEnumerable<Batch>> batches,
        StatisticsAverage average = StatisticsAverage.Exact,
        Action<Subnet>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(supernet);
        ArgumentNullException.ThrowIfNull(batches);
        using var noGradient = torch.no_grad();
        foreach (var subnet in supernet.Graph.Subnets.OrderBy(subnet => subnet.Routable))
        {
            var count = 0;
            foreach (var batch in batches())
            {
                cancellation.ThrowIfCancellationRequested();
                using var scope = torch.NewDisposeScope();
                using var images = batch.Images;
                batch.Labels.Dispose();

                // Momentum 1, 1/2, 1/3, ... makes the running value the plain mean of the batches' values. The first replaces what was there.
                count++;
                double? momentum = average == StatisticsAverage.Exact || count == 1 ? 1.0 / count : null;
                supernet.Logits(images, subnet, new ForwardMode(BatchStatistics: true, Momentum: momentum));
            }

            progress?.Invoke(subnet);
        }
    }
}
