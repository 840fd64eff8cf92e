namespace Slimmable.Export;

/// <summary>
/// <c>norm(conv(x, W, b)) = conv(x, s * W, s * (b - mean) + beta)</c> with <c>s = gamma / sqrt(variance + epsilon)</c> per output channel,
/// where nothing but the normalization reads the convolution. Computed in double precision, rounded once.
/// </summary>
internal static class FoldBatchNorm
{
    public static PlainNetwork Apply(PlainNetwork network)
    {
        var readers = network.Nodes.SelectMany(node => node.Inputs)
            .Concat(network.Outputs.Select(output => output.Value))
            .CountBy(value => value)
            .ToDictionary();
        var rewrite = new NetworkRewrite(network);
        foreach (var node in network.Nodes)
        {
            if (node is PlainBatchNorm norm && readers[norm.Inputs[0]] == 1 && rewrite.Find(rewrite.Current(norm.Inputs[0])) is PlainConv conv)
            {
                rewrite.Replace(Fold(conv, norm));
                rewrite.Drop(norm, conv.Name);
            }
            else
            {
                rewrite.Keep(node);
            }
        }

        return rewrite.Result;
    }

    private static PlainConv Fold(PlainConv conv, PlainBatchNorm norm)
    {
        var channels = norm.Gamma.Values.Length;
        var filter = conv.Weight.Values.Length / channels;
        var weight = new float[conv.Weight.Values.Length];
        var bias = new float[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var scale = norm.Gamma.Values[channel] / Math.Sqrt(norm.Variance.Values[channel] + norm.Epsilon);
            var shift = (double)(conv.Bias?.Values[channel] ?? 0) - norm.Mean.Values[channel];
            bias[channel] = (float)((scale * shift) + norm.Beta.Values[channel]);
            for (var index = channel * filter; index < (channel + 1) * filter; index++)
            {
                weight[index] = (float)(scale * conv.Weight.Values[index]);
            }
        }

        return conv with
        {
            Weight = conv.Weight with { Values = weight },
            Bias = new PlainTensor($"{conv.Name}.bias", [channels], bias),
        };
    }
}
