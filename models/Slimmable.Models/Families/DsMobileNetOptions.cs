namespace Slimmable.Models;

/// <summary>One stage of a DS-MBNet: some separable blocks of one output axis, the first with the stage's stride.</summary>
/// <param name="Widths">Output channels a subnet can take, ascending.</param>
/// <param name="Blocks">How many blocks, at least 1.</param>
/// <param name="Stride">Of the first block's depthwise convolution, from 1 up; the other blocks have 1.</param>
public sealed record DsMobileNetStage(IReadOnlyList<int> Widths, int Blocks, int Stride);

/// <summary>What a DS-MBNet is built from.</summary>
public sealed record DsMobileNetOptions
{
    /// <summary>The architecture's name.</summary>
    public required string Name { get; init; }

    /// <summary>What goes in and comes out; default ImageNet's.</summary>
    public DataShape Data { get; init; } = DataShape.ImageNet;

    /// <summary>Output channels of the stem that a subnet can take, ascending.</summary>
    public required IReadOnlyList<int> StemWidths { get; init; }

    /// <summary>Stride of the stem, from 1 up; default 2.</summary>
    public int StemStride { get; init; } = 2;

    /// <summary>The stages, in order.</summary>
    public required IReadOnlyList<DsMobileNetStage> Stages { get; init; }

    /// <summary>Which stage's first block holds the gate, counted from 1. From it on a subnet chooses; before it all are alike.</summary>
    public required int GatedStage { get; init; }

    /// <summary>Which uniform subnets the gate chooses among, by index, ascending. The release takes the first 4.</summary>
    public required IReadOnlyList<int> Candidates { get; init; }

    /// <summary>The blocks' activation; default the paper's, Swish.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Swish;

    /// <summary>Dropout before the classifier, in [0, 1); default 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Squeeze width of the attention as a part of the block's largest input width, above 0; default 0.25.</summary>
    public double SqueezeRatio { get; init; } = 0.25;

    /// <summary>What the family cannot be built from; the graph's own rules catch the rest.</summary>
    internal IEnumerable<string> Faults()
    {
        if (StemWidths.Count == 0)
        {
            yield return "StemWidths: expected at least one";
        }

        for (var index = 0; index < Stages.Count; index++)
        {
            if (Stages[index].Widths.Count == 0)
            {
                yield return $"Stages[{index}].Widths: expected at least one";
            }

            if (Stages[index].Blocks < 1)
            {
                yield return $"Stages[{index}].Blocks: expected at least 1, found {Stages[index].Blocks}";
            }
        }

        if (GatedStage < 1 || GatedStage > Stages.Count)
        {
            yield return $"GatedStage: expected 1..{Stages.Count}, found {GatedStage}";
        }

        if (Candidates.Zip(Candidates.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return $"Candidates: expected indices that ascend, found [{string.Join(", ", Candidates)}]";
        }
    }
}
