using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Infers a DS-MBNet from the names and shapes of its tensors.</summary>
internal sealed class DsNetShapes(IReadOnlyDictionary<string, StateTensor> tensors)
{
    /// <summary>Of stages, of a stage's blocks, of a part's widths; far above what any DS-MBNet has.</summary>
    private const int Most = 64;

    /// <summary>What the network is built from.</summary>
    /// <exception cref="FormatException">A tensor that says it is missing, or the options do not fit it.</exception>
    public DsMobileNetOptions Infer(DsNetImportOptions options)
    {
        var channels = Shape(DsNetNames.Stem, rank: 4)[1];
        if (channels != options.Channels)
        {
            throw new FormatException($"tensor '{DsNetNames.Stem}': expected {options.Channels} input channels, found {channels}");
        }

        var stages = Enumerable.Range(0, Count(stage => DsNetNames.RunningMean(DsNetNames.StageNorm(stage), 0))).Select(Stage).ToList();
        var gated = Gated(stages.Count);
        var scores = Shape(DsNetNames.SlimmingHead(gated), rank: 4)[0];
        return new DsMobileNetOptions
        {
            Name = options.Name,
            Data = new DataShape(options.Channels, options.Height, options.Width, Classes: Shape(DsNetNames.Classifier, rank: 2)[0]),
            StemWidths = Widths(DsNetNames.StemNorm),
            Stages = stages,
            GatedStage = gated + 1,
            Candidates = Candidates(options.Candidates, scores, stages.Skip(gated).Max(stage => stage.Widths.Count)),
        };
    }

    /// <summary>Strides leave no trace in the tensors; every DS-MBNet has these.</summary>
    private DsMobileNetStage Stage(int stage) => new(
        Widths(DsNetNames.StageNorm(stage)), Blocks: Count(block => DsNetNames.Depthwise(stage, block)), Stride: stage == 0 ? 1 : 2);

    private int Gated(int stages)
    {
        var gated = Enumerable.Range(0, stages).FirstOrDefault(stage => tensors.ContainsKey(DsNetNames.SlimmingHead(stage)), -1);
        return gated >= 0
            ? gated
            : throw new FormatException($"tensor '{DsNetNames.SlimmingHead(stages - 1)}', or in another stage: expected a slimming head, found none");
    }

    private static IReadOnlyList<int> Candidates(IReadOnlyList<int>? given, int scores, int widths)
    {
        var candidates = given ?? [.. Enumerable.Range(0, Math.Min(scores, Most))];
        var ascending = candidates.Zip(candidates.Skip(1)).All(pair => pair.First < pair.Second);
        return candidates.Count == scores && ascending && candidates[0] >= 0 && candidates[^1] < widths
            ? candidates
            : throw new FormatException(
                $"candidates: expected {scores} widths that ascend in 0..{widths - 1}, one for each of the gate's scores, found [{string.Join(", ", candidates)}]");
    }

    private int[] Widths(string norm)
    {
        string Mean(int width) => DsNetNames.RunningMean(norm, width);
        return [.. Enumerable.Range(0, Count(Mean)).Select(width => Shape(Mean(width), rank: 1)[0])];
    }

    private int Count(Func<int, string> name) => Enumerable.Range(0, Most + 1).TakeWhile(index => tensors.ContainsKey(name(index))).Count() switch
    {
        0 => throw new FormatException($"tensor '{name(0)}': expected, found none"),
        > Most => throw new FormatException($"tensor '{name(Most)}': expected at most {Most} of these"),
        var count => count,
    };

    private IReadOnlyList<int> Shape(string name, int rank) =>
        tensors.GetValueOrDefault(name) is { } tensor && tensor.Shape.Count == rank && tensor.Shape.All(length => length is > 0 and <= int.MaxValue)
            ? [.. tensor.Shape.Select(length => (int)length)]
            : throw new FormatException($"tensor '{name}': expected a tensor of {rank} dimensions, found {tensors.GetValueOrDefault(name)?.ToString() ?? "none"}");
}
