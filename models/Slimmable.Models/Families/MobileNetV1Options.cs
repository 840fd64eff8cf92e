namespace Slimmable.Models;

/// <summary>What a slimmable MobileNetV1 is built from.</summary>
public sealed record MobileNetV1Options : WidthOptions
{
    /// <summary>Output channels of the stem at multiplier 1.</summary>
    public int StemChannels { get; init; } = 32;

    /// <summary>Stride of the stem: 2 for photographs, 1 for images of 32 pixels.</summary>
    public int StemStride { get; init; } = 2;

    /// <summary>The stages, in order; default the paper's 13 blocks.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [new(64, 1, 1), new(128, 2, 2), new(256, 2, 2), new(512, 6, 2), new(1024, 2, 2)];

    internal override long TotalStride => Stages.Aggregate((long)StemStride, (product, stage) => product * stage.Stride);

    internal override IEnumerable<string> Faults()
    {
        if (StemChannels < 1 || StemStride < 1)
        {
            yield return $"StemChannels, StemStride: expected numbers from 1 up, found {StemChannels} and {StemStride}";
        }

        foreach (var fault in StageFaults(Stages).Concat(base.Faults()))
        {
            yield return fault;
        }
    }
}
