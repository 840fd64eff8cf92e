namespace Slimmable.Training;

/// <summary>
/// Stage I: one step runs some subnets over one batch, sums their gradients and takes one optimizer step. Which subnets, and what they learn
/// from, makes it S-Net, US-Net or DS-Net; the recipes under <c>models/recipes</c> name the combinations.
/// </summary>
public sealed record StageOneOptions : StageOptions
{
    /// <summary>The decay of the moving average where it teaches and none is given. DS-Net's.</summary>
    public const double UsualEmaDecay = 0.997;

    private readonly double? emaDecay;

    /// <summary>From 0 up, not applied to one-dimensional tensors; default 1e-4.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Whether the graph's dropout drops in the widest's pass; the other passes never drop; default true.</summary>
    public bool Dropout { get; init; } = true;

    /// <summary>Which subnets a step runs; default sandwich.</summary>
    public SubnetSampling Subnets { get; init; }

    /// <summary>Random subnets a sandwich has between the widest and the narrowest, 0..64; default 2. One may be drawn twice.</summary>
    public int RandomSubnets { get; init; } = 2;

    /// <summary>What they learn from; default ensemble.</summary>
    public Teaching Teaching { get; init; }

    /// <summary>
    /// Decay of the moving average, in [0, 1). Where it teaches: default 0.997. Elsewhere: default none; with one, the averaged weights are the
    /// result.
    /// </summary>
    public double? EmaDecay
    {
        get => emaDecay ?? (AverageTeaches ? UsualEmaDecay : null);
        init => emaDecay = value;
    }

    /// <summary>The largest norm that all gradients together may have, above 0; larger ones are scaled down. Default no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Whether the moving average teaches.</summary>
    internal bool AverageTeaches => Teaching is Teaching.Ensemble or Teaching.MovingAverage;
}
