namespace Slimmable.Training;

/// <summary>How running statistics are averaged over batches.</summary>
public enum StatisticsAverage
{
    /// <summary>The plain mean of the batches' statistics (US-Net).</summary>
    Exact,

    /// <summary>The running average of training, with each norm's own momentum, started anew (DS-Net's release).</summary>
    Running,
}

/// <summary>Computing the running statistics of every width anew after Stage I.</summary>
/// <param name="Batches">Batches of training images for each width, 0..100000; 0 leaves the statistics as training left them; default 50.</param>
/// <param name="Average">How the batches are averaged; default exact.</param>
public sealed record CalibrationOptions(int Batches = 50, StatisticsAverage Average = StatisticsAverage.Exact);
