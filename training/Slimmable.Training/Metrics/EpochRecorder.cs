namespace Slimmable.Training;

/// <summary>
/// Writes down every epoch of a stage before others are told of it, and with some the accuracy of all widths. The test set is only watched: after the
/// last epoch, and else at most as often as the stage has learnt from as many images, and twenty times in all, so that watching takes little of the time.
/// </summary>
/// <param name="log">Where epochs are written down.</param>
/// <param name="network">What is measured: the network as it would be served.</param>
/// <param name="gated">Whether the gate has learnt something.</param>
/// <param name="test">The test images; null where there is nothing to watch, as with a gate that is set to its cost after its last epoch.</param>
/// <param name="batchSize">Of the stage.</param>
/// <param name="progress">Told after it.</param>
/// <param name="cancellation">Stops while it measures; the epoch is then not written down.</param>
internal sealed class EpochRecorder(
    MetricsLog log, Supernet network, bool gated, BatchSource? test, int batchSize, ITrainingProgress progress, CancellationToken cancellation)
    : ITrainingProgress
{
    private const int MostWatched = 20;

    /// <inheritdoc/>
    public void PhaseStarted(string phase, long steps) => progress.PhaseStarted(phase, steps);

    /// <inheritdoc/>
    public void StepDone() => progress.StepDone();

    /// <inheritdoc/>
    public void EpochDone(EpochMetrics metrics)
    {
        var accuracy = test is not null && IsWatched(metrics, test.Count) ? Evaluator.Run(network, test, cancellation: cancellation) : null;
        log.Add(new MetricsLine
        {
            Phase = metrics.Phase,
            Epoch = metrics.Epoch,
            Epochs = metrics.Epochs,
            Step = metrics.Step,
            LearningRate = metrics.LearningRate,
            Means = metrics.Values,
            Seconds = log.Seconds,
            Accuracy = gated || accuracy is null ? accuracy : accuracy with { RoutedAt = [] },
        });
        progress.EpochDone(metrics);
    }

    private bool IsWatched(EpochMetrics metrics, int testImages)
    {
        long WatchedBy(long epoch) => Math.Min(epoch * (metrics.Step / metrics.Epoch) * batchSize / testImages, epoch * MostWatched / metrics.Epochs);
        return metrics.Epoch == metrics.Epochs || WatchedBy(metrics.Epoch) > WatchedBy(metrics.Epoch - 1);
    }
}
