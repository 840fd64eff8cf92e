namespace Slimmable.Training;

/// <summary>What both stages of training have.</summary>
public abstract record StageOptions
{
    /// <summary>1..10000.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps an epoch, to cut it short; default the whole epoch.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Images a step, 2..65536; default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The peak, above 0. DS-Net: 0.08 for 512 images.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Epochs of linear warm-up, from 0 up, parts too; default 0.</summary>
    public double WarmUpEpochs { get; init; }

    /// <summary>How the learning rate falls after the warm-up; default cosine.</summary>
    public LearningRateDecay Decay { get; init; }

    /// <summary>For <see cref="LearningRateDecay.Steps"/>: the epochs after which the rate is a tenth of what it was, ascending, parts too.</summary>
    public IReadOnlyList<double> DecayEpochs { get; init; } = [];

    /// <summary>Nesterov momentum in [0, 1); default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Of the labels, in [0, 1); default 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;
}
