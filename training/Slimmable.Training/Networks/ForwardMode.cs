namespace Slimmable.Training;

/// <summary>What a forward pass does besides computing.</summary>
/// <param name="BatchStatistics">Normalize by the batch's statistics and update the running ones, rather than normalize by the running ones.</param>
/// <param name="Dropout">Whether dropout drops.</param>
/// <param name="Momentum">Weight of the batch in the running statistics, in (0, 1]; null for each node's own.</param>
public readonly record struct ForwardMode(bool BatchStatistics = false, bool Dropout = false, double? Momentum = null)
{
    /// <summary>As served: running statistics, nothing dropped.</summary>
    public static ForwardMode Inference => default;

    /// <summary>As trained, without dropout.</summary>
    public static ForwardMode Training => new(BatchStatistics: true);
}
