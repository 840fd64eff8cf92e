namespace Slimmable.Training;

/// <summary>What a forward pass does besides computing.</summary>
/// <param name="BatchStatistics">Normalize by the batch's statistics and update the running ones, rather than normalize by the running ones.</param>
/// <param name="Dropout">Whether dropout drops.</param>
/// <param name="Momentum">Weight of the batch in the running statistics, in (0, 1]; null for each node's own.</param>
/// <param name="Passes">
/// How many passes over the same batch this one stands for, at least 1: the running statistics take the batch in that often.
/// </param>
public sealed record ForwardMode(bool BatchStatistics = false, bool Dropout = false, double? Momentum = null, int Passes = 1)
{
    /// <summary>As served: running statistics, nothing dropped.</summary>
    public static ForwardMode Inference { get; } = new();

    /// <summary>As trained, without dropout.</summary>
    public static ForwardMode Training { get; } = new(BatchStatistics: true);

    /// <summary>The weight of the batch in a norm's running statistics.</summary>
    /// <param name="own">The norm's own momentum.</param>
    internal double MomentumOr(double own)
    {
        var once = Momentum ?? own;

        // r <- (1 - m) r + m b, taken k times, is r <- (1 - m)^k r + (1 - (1 - m)^k) b.
        return Passes == 1 ? once : 1 - Math.Pow(1 - once, Passes);
    }
}
