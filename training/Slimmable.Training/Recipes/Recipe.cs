using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Everything a run is made from; with the same recipe, data and thread count it gives the same weights.</summary>
public sealed record Recipe
{
    /// <summary>The recipe's name.</summary>
    public required string Name { get; init; }

    /// <summary>A preset's name, see <see cref="Architectures"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The architecture's subnets that are trained, see <see cref="SupernetGraph.WithSubnets"/>; default all. One alone has no gate.</summary>
    public IReadOnlyList<string>? Subnets { get; init; }

    /// <summary>Where the images come from.</summary>
    public required DataSource DataSet { get; init; }

    /// <summary>From 0 up; default 0.</summary>
    public long Seed { get; init; }

    /// <summary>How many of the training images are used, from the first on; default all.</summary>
    public int? TrainImages { get; init; }

    /// <summary>How training images are varied; default not at all.</summary>
    public Augmentation Augmentation { get; init; } = new();

    /// <summary>Training of the supernet.</summary>
    public required StageOneOptions StageOne { get; init; }

    /// <summary>
    /// Whether the widths share batch normalization's gamma and beta or each has its own (switchable batch normalization); default as the
    /// architecture has it. Running statistics are each width's own in any case.
    /// </summary>
    public AffineSharing? BatchNorm { get; init; }

    /// <summary>Computing the running statistics anew after Stage I.</summary>
    public CalibrationOptions Calibration { get; init; } = new();

    /// <summary>Training of the gate; null to leave the gate untrained.</summary>
    public StageTwoOptions? StageTwo { get; init; }
}
