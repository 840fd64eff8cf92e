using System.Globalization;
using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>The DS-Net authors' own names of a DS-MBNet's tensors.</summary>
internal static partial class DsNetNames
{
    public const string Stem = "conv_stem.weight";
    public const string StemNorm = "bn1";
    public const string Classifier = "classifier.weight";

    private static readonly Dictionary<string, string> InBlock = new()
    {
        ["depthwise"] = "conv_dw",
        ["depthwise_norm"] = "bn1",
        ["attention.reduce"] = "gate.conv_reduce",
        ["attention.expand"] = "gate.conv_expand",
        ["pointwise"] = "conv_pw",
        ["pointwise_norm"] = "bn2",
    };

    /// <summary>Their name of one of our tensors. A norm's gamma and beta, which its widths share, sit on the widest one's.</summary>
    public static string Of(SupernetGraph graph, TensorSpec spec)
    {
        var layer = LayerOf(graph, spec.Node.Name);
        var widest = spec.Node is BatchNormNode norm ? graph.Axis(norm.Axis).Sizes.Count - 1 : 0;
        return spec.Role switch
        {
            TensorRole.Weight => $"{layer}.weight",
            TensorRole.Bias => $"{layer}.bias",
            TensorRole.Gamma => $"{layer}.aux_bn.{widest}.weight",
            TensorRole.Beta => $"{layer}.aux_bn.{widest}.bias",
            TensorRole.RunningMean => RunningMean(layer, spec.WidthIndex!.Value),
            TensorRole.RunningVariance => $"{layer}.aux_bn.{spec.WidthIndex}.running_var",
            _ => throw new NotSupportedException($"{spec.Role}"),
        };
    }

    /// <summary>The running mean of a norm at one of its widths. It is as long as the width.</summary>
    public static string RunningMean(string norm, int width) => $"{norm}.aux_bn.{width}.running_mean";

    /// <summary>A block of a stage, both counted from 0.</summary>
    public static string Block(int stage, int block) => block == 0 ? $"blocks.{stage}.first_block" : $"blocks.{stage}.residual_blocks.{block - 1}";

    /// <summary>The weight of a block's depthwise convolution.</summary>
    public static string Depthwise(int stage, int block) => $"{Block(stage, block)}.conv_dw.weight";

    /// <summary>The norm after a stage's first pointwise convolution.</summary>
    public static string StageNorm(int stage) => $"{Block(stage, 0)}.bn2";

    /// <summary>The weight of the slimming head in a stage's first block.</summary>
    public static string SlimmingHead(int stage) => $"{Head(stage)}.weight";

    /// <summary>How often a norm's statistics were updated, which only PyTorch's cumulative average asks for.</summary>
    public static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string Head(int stage) => $"{Block(stage, 0)}.gate.gate.0";

    private static string LayerOf(SupernetGraph graph, string node) => node switch
    {
        "stem.conv" => "conv_stem",
        "stem.norm" => StemNorm,
        "head.classifier" => "classifier",
        "gate.slimming" => Head(InStage(graph.Gate!.Features).Stage),
        _ => LayerOf(InStage(node)),
    };

    private static string LayerOf((int Stage, int Block, string Layer) place) => $"{Block(place.Stage, place.Block)}.{InBlock[place.Layer]}";

    private static (int Stage, int Block, string Layer) InStage(string node)
    {
        var match = NodePattern().Match(node);
        return (Number(1) - 1, Number(2), match.Groups[3].Value);

        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^stage(\d+)\.(\d+)\.(.+)$")]
    private static partial Regex NodePattern();
}
