namespace Slimmable.Models;

/// <summary>Lists the tensors that a graph's nodes store, in the graph's order.</summary>
internal static class TensorCatalog
{
    public static IEnumerable<TensorSpec> Of(Node node, Func<string, Axis> axis, Func<string, ValueShape> shape)
    {
        switch (node)
        {
            case Conv2dNode { Kind: ConvolutionKind.Depthwise } conv:
                yield return Weight(conv, new(axis(conv.Out), 1), new(null, 1), new(null, conv.Kernel), new(null, conv.Kernel));
                break;
            case Conv2dNode conv:
                yield return Weight(conv, new(axis(conv.Out), 1), new(axis(conv.In), 1), new(null, conv.Kernel), new(null, conv.Kernel));
                break;
            case LinearNode linear:
                yield return Weight(linear, new(axis(linear.Out), 1), new(axis(linear.In), (int)shape(linear.Input).Pixels));
                break;
            case BatchNormNode norm:
                foreach (var spec in OfBatchNorm(norm, axis(norm.Axis)))
                {
                    yield return spec;
                }

                yield break;
        }

        var biased = node switch
        {
            Conv2dNode { Bias: true } conv => axis(conv.Out),
            LinearNode linear => axis(linear.Out),
            _ => null,
        };
        if (biased is not null)
        {
            yield return new TensorSpec($"{node.Name}.bias", node, TensorRole.Bias, [new(biased, 1)]);
        }
    }

    private static TensorSpec Weight(Node node, params TensorDimension[] dimensions) =>
        new($"{node.Name}.weight", node, TensorRole.Weight, dimensions);

    private static IEnumerable<TensorSpec> OfBatchNorm(BatchNormNode norm, Axis axis)
    {
        if (norm.Affine == AffineSharing.Shared)
        {
            yield return new TensorSpec($"{norm.Name}.weight", norm, TensorRole.Gamma, [new(axis, 1)]);
            yield return new TensorSpec($"{norm.Name}.bias", norm, TensorRole.Beta, [new(axis, 1)]);
        }

        for (var index = 0; index < axis.Sizes.Count; index++)
        {
            TensorDimension[] own = [new(null, axis.Sizes[index])];
            if (norm.Affine == AffineSharing.Private)
            {
                yield return new TensorSpec($"{norm.Name}.{index}.weight", norm, TensorRole.Gamma, own, index);
                yield return new TensorSpec($"{norm.Name}.{index}.bias", norm, TensorRole.Beta, own, index);
            }

            yield return new TensorSpec($"{norm.Name}.{index}.running_mean", norm, TensorRole.RunningMean, own, index);
            yield return new TensorSpec($"{norm.Name}.{index}.running_var", norm, TensorRole.RunningVariance, own, index);
        }
    }
}
