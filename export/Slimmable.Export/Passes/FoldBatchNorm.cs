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
        var (gamma, beta) = (norm.Gamma.Values.ToArray(), norm.Beta.Values.ToArray());
        var (mean, variance) = (norm.Mean.Values.ToArray(), norm.Variance.Values.ToArray());
        var weight = conv.Weight.Values.ToArray();
        var bias = conv.Bias?.Values.ToArray() ?? new float[gamma.Length];
        var filter = weight.Length / gamma.Length;
        for (var channel = 0; channel < gamma.Length; channel++)
        {
            var scale = gamma[channel] / Math.Sqrt(variance[channel] + norm.Epsilon);
            bias[channel] = (float)((scale * ((double)bias[channel] - mean[channel])) + beta[channel]);
            foreach (ref var value in weight.AsSpan(channel * filter, filter))
            {
                value = (float)(scale * value);
            }
        }

        return conv with
        {
            Weight = conv.Weight with { Values = weight },
            Bias = new PlainTensor($"{conv.Name}.bias", [gamma.Length], bias),
        };
    }
}
