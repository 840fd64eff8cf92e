namespace Slimmable.Models;

/// <summary>What a residual block is made of.</summary>
public enum ResNetBlock
{
    /// <summary>Two 3x3 convolutions of the stage's channels.</summary>
    Basic,

    /// <summary>A 1x1 convolution down to the stage's channels, a 3x3 convolution, and a 1x1 convolution up to four times as many.</summary>
    Bottleneck,
}

/// <summary>How a residual network begins.</summary>
public enum ResNetStem
{
    /// <summary>A 7x7 convolution and a 3x3 max pool, each of stride 2: for photographs.</summary>
    Large,

    /// <summary>A 3x3 convolution of stride 1: for images of 32 pixels.</summary>
    Small,
}

/// <summary>What a slimmable ResNet is built from.</summary>
public sealed record ResNetOptions : WidthOptions
{
    /// <summary>The blocks.</summary>
    public required ResNetBlock Block { get; init; }

    /// <summary>The beginning; default for photographs.</summary>
    public ResNetStem Stem { get; init; } = ResNetStem.Large;

    /// <summary>Output channels of the stem at multiplier 1.</summary>
    public int StemChannels { get; init; } = 64;

    /// <summary>The stages, in order; a bottleneck's channels are those of its 3x3 convolution.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    internal override long TotalStride => Stages.Aggregate(Stem == ResNetStem.Large ? 4L : 1, (product, stage) => product * stage.Stride);

    internal override IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Block) || !Enum.IsDefined(Stem))
        {
            yield return $"Block, Stem: unknown {Block} or {Stem}";
        }

        if (StemChannels < 1)
        {
            yield return $"StemChannels: expected at least 1, found {StemChannels}";
        }

        foreach (var fault in StageFaults(Stages).Concat(base.Faults()))
        {
            yield return fault;
        }
    }
}
