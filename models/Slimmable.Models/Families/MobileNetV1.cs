namespace Slimmable.Models;

/// <summary>
/// Slimmable MobileNetV1 (Howard et al., 2017; made slimmable by Yu et al., ICLR 2019): a 3x3 stem and depthwise separable blocks with batch
/// normalization and ReLU, global average pooling and a linear classifier.
/// </summary>
public static class MobileNetV1
{
    /// <summary>Builds the supernet: a routable subnet <c>width-M</c> for each multiplier, no gate.</summary>
    /// <exception cref="InvalidOptionsException">The options contradict each other; every fault is listed.</exception>
    /// <exception cref="InvalidGraphException">The options do not make a valid graph.</exception>
    public static SupernetGraph Build(MobileNetV1Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var graph = new WidthGraph("MobileNetV1", options);
        var axis = graph.Axis("stem.out", graph.Sizes(options.StemChannels));
        var value = graph.ConvNormRelu("stem.conv", graph.Input, graph.InputChannels, axis, kernel: 3, options.StemStride);
        foreach (var (index, stage) in options.Stages.Index())
        {
            var outAxis = graph.Axis($"stage{index + 1}.out", graph.Sizes(stage.Channels));
            for (var block = 0; block < stage.Blocks; block++)
            {
                var name = $"stage{index + 1}.{block}";
                value = graph.DepthwiseNormRelu($"{name}.depthwise", value, axis, block == 0 ? stage.Stride : 1);
                value = graph.ConvNormRelu($"{name}.pointwise", value, axis, outAxis, kernel: 1);
                axis = outAxis;
            }
        }

        return graph.PoolAndClassify(value, axis);
    }
}
