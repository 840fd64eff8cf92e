namespace Slimmable.Models;

/// <summary>One stage behind the gate of a DS-ResNet: some basic blocks of one output axis, the first with the stage's stride.</summary>
/// <param name="Widths">Channels by width, one number for each subnet; they never fall, and may repeat.</param>
/// <param name="Blocks">How many blocks, at least 1.</param>
/// <param name="Stride">Of the first block, from 1 up; the other blocks have 1.</param>
public sealed record DsResNetStage(IReadOnlyList<int> Widths, int Blocks, int Stride);

/// <summary>What a DS-ResNet is built from.</summary>
public sealed record DsResNetOptions
{
    /// <summary>The architecture's name.</summary>
    public required string Name { get; init; }

    /// <summary>What goes in and comes out.</summary>
    public required DataShape Data { get; init; }

    /// <summary>Output channels of the stem, a 3x3 convolution of stride 1; default 16.</summary>
    public int StemChannels { get; init; } = 16;

    /// <summary>Channels of the blocks between the stem and the gate, which halve the sides; default 16.</summary>
    public int TrunkChannels { get; init; } = 16;

    /// <summary>Blocks between the stem and the gate, from 1 up; default 1.</summary>
    public int TrunkBlocks { get; init; } = 1;

    /// <summary>Output channels of the gate's own 3x3 convolutions of stride 2, each from 1 up; default 32 and 64.</summary>
    public IReadOnlyList<int> GateChannels { get; init; } = [32, 64];

    /// <summary>Features between the gate's pooling and its scores, from 1 up; default 64.</summary>
    public int GateHidden { get; init; } = 64;

    /// <summary>The stages behind the gate, in order, each with as many widths.</summary>
    public required IReadOnlyList<DsResNetStage> Stages { get; init; }

    /// <summary>The blocks' activation; default ReLU, which ONNX Runtime does within the convolution.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>How many widths there are.</summary>
    internal int Widths => Stages is [var first, ..] ? first.Widths.Count : 0;

    /// <summary>What the family cannot be built from; the graph's own rules catch the rest.</summary>
    internal IEnumerable<string> Faults()
    {
        if (StemChannels < 1 || TrunkChannels < 1 || TrunkBlocks < 1 || GateHidden < 1 || GateChannels.Any(channels => channels < 1))
        {
            yield return "StemChannels, TrunkChannels, TrunkBlocks, GateHidden, GateChannels: expected numbers from 1 up, "
                + $"found {StemChannels}, {TrunkChannels}, {TrunkBlocks}, {GateHidden} and [{string.Join(", ", GateChannels)}]";
        }

        if (Stages.Count == 0)
        {
            yield return "Stages: expected at least one";
        }

        foreach (var (index, stage) in Stages.Index())
        {
            if (stage.Widths.Count == 0 || stage.Widths.Count != Widths)
            {
                yield return $"Stages[{index}].Widths: expected {Math.Max(1, Widths)}, as many as the first stage has, found {stage.Widths.Count}";
            }

            if (stage.Blocks < 1 || stage.Stride < 1)
            {
                yield return $"Stages[{index}]: expected blocks and a stride from 1 up, found {stage.Blocks} and {stage.Stride}";
            }
        }
    }
}
