using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Training.Tests;

/// <summary>The DS-Net authors' own small network in our graph, and their numbers. See tests/golden/README.md.</summary>
internal static partial class AuthorsNetwork
{
    public static SafetensorsFile Open(string name) =>
        SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "golden", "ds-net-mini", $"{name}.safetensors"));

    public static Supernet Load()
    {
        using var file = Open("weights");
        var graph = Architectures.Build("ds-mbnet-mini");
        var supernet = new Supernet(graph);
        supernet.Load(graph.Tensors.ToDictionary(spec => spec.Name, spec => file.Singles(TheirName(graph, spec))));
        return supernet;
    }

    /// <summary>Their name of one of our tensors.</summary>
    public static string TheirName(SupernetGraph graph, TensorSpec spec)
    {
        var layer = BlockPattern().Match(spec.Node.Name) is { Success: true } match
            ? $"{Block(int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value))}.{LayerInBlock(match.Groups[3].Value)}"
            : spec.Node.Name switch
            {
                "stem.conv" => "conv_stem",
                "stem.norm" => "bn1",
                "head.classifier" => "classifier",
                "gate.slimming" => "blocks.3.first_block.gate.gate.0",
                var other => throw new InvalidOperationException(other),
            };
        var last = spec.Node is BatchNormNode norm ? graph.Axis(norm.Axis).Sizes.Count - 1 : 0;
        return spec.Role switch
        {
            TensorRole.Weight => $"{layer}.weight",
            TensorRole.Bias => $"{layer}.bias",
            TensorRole.Gamma => $"{layer}.aux_bn.{last}.weight",
            TensorRole.Beta => $"{layer}.aux_bn.{last}.bias",
            TensorRole.RunningMean => $"{layer}.aux_bn.{spec.WidthIndex}.running_mean",
            TensorRole.RunningVariance => $"{layer}.aux_bn.{spec.WidthIndex}.running_var",
            _ => throw new InvalidOperationException($"{spec.Role}"),
        };
    }

    private static string Block(int stage, int block) =>
        block == 0 ? $"blocks.{stage - 1}.first_block" : $"blocks.{stage - 1}.residual_blocks.{block - 1}";

    private static string LayerInBlock(string layer) => layer switch
    {
        "depthwise" => "conv_dw",
        "depthwise_norm" => "bn1",
        "attention.reduce" => "gate.conv_reduce",
        "attention.expand" => "gate.conv_expand",
        "pointwise" => "conv_pw",
        "pointwise_norm" => "bn2",
        _ => throw new InvalidOperationException(layer),
    };

    [GeneratedRegex(@"^stage(\d+)\.(\d+)\.(.+)$")]
    private static partial Regex BlockPattern();
}
