namespace Slimmable.Training;

/// <summary>Everything a run is made from; with the same recipe, data and thread count it gives the same weights.</summary>
public sealed record Recipe
{
    /// <summary>The recipe's name.</summary>
    public required string Name { get; init; }

    /// <summary>A preset's name, see <see cref="Models.Architectures"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>A data set's name, see <see cref="DataSets"/>.</summary>
    public required string DataSet { get; init; }

    /// <summary>From 0 up; default 0.</summary>
    public long Seed { get; init; }

    /// <summary>How many of the training images are used, from the first on; default all.</summary>
    public int? TrainImages { get; init; }

    /// <summary>How training images are varied; default not at all.</summary>
    public Augmentation Augmentation { get; init; } = new();

    /// <summary>Training of the supernet.</summary>
    public required StageOneOptions StageOne { get; init; }

    /// <summary>Batches of training images that running statistics are computed from, per width: 1..100000, default 50.</summary>
    public int CalibrationBatches { get; init; } = 50;

    /// <summary>Training of the gate; null to leave the gate untrained.</summary>
    public StageTwoOptions? StageTwo { get; init; }
}

/// <summary>
/// Stage I: one sandwich step runs the teacher, some random subnets and the narrowest, sums their gradients and takes one optimizer step;
/// the network's own moving average teaches (in-place bootstrapping; Li et al., "Dynamic Slimmable Network", CVPR 2021).
/// </summary>
public sealed record StageOneOptions
{
    /// <summary>1..10000.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps an epoch, to cut it short; default the whole epoch.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Images a step, 2..65536; default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The peak, above 0; DS-Net: 0.08 for 512 images.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Epochs of linear warm-up, from 0 up, parts too; default 0.</summary>
    public double WarmUpEpochs { get; init; }

    /// <summary>Nesterov momentum in [0, 1); default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>From 0 up, not applied to one-dimensional tensors; default 1e-4.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Of the teacher's labels, in [0, 1); default 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Whether the graph's dropout drops in the teacher's pass; the other passes never drop; default true.</summary>
    public bool Dropout { get; init; } = true;

    /// <summary>Random subnets a step, 0..64; default 2.</summary>
    public int RandomSubnets { get; init; } = 2;

    /// <summary>Decay of the moving average that teaches, in [0, 1); default 0.997.</summary>
    public double EmaDecay { get; init; } = 0.997;

    /// <summary>
    /// Whether the narrowest learns from the mean of the moving average's answers at the teacher's and the random widths (IEB), rather than
    /// from the teacher's alone (IB); default true.
    /// </summary>
    public bool Ensemble { get; init; } = true;
}

/// <summary>Stage II: sandwich gate sparsification. The supernet is frozen, only the slimming head learns (same paper).</summary>
public sealed record StageTwoOptions
{
    /// <summary>1..10000.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps an epoch, to cut it short; default the whole epoch.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Images a step, 2..65536; default 128.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The peak, above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>From 0 up; default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Of the labels and of the gate's targets, in [0, 1); default 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Of the Gumbel softmax, above 0; default 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Weight of the cross-entropy between the gate's scores and the sandwich labels, from 0 up; default 1.</summary>
    public double GateWeight { get; init; } = 1;

    /// <summary>
    /// Weight of the cost term <c>(mean cost - target)^2</c>, from 0 up; default 0.5. Costs are parts of the dearest candidate's MAdds. The
    /// release's <c>0.5 * (MAdds / 1e9)^2</c> is a weight of <c>0.5 * (dearest / 1e9)^2</c> and a target of 0.
    /// </summary>
    public double CostWeight { get; init; } = 0.5;

    /// <summary>The mean cost that is aimed at, as a part of the dearest candidate's, in [0, 1]; default 0.</summary>
    public double TargetCost { get; init; }
}
