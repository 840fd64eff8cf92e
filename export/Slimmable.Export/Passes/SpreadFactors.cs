namespace Slimmable.Export;

/// <summary>
/// <c>x * s = x * spread(s)</c> where <c>s</c> has one number a channel, spread over all pixels. ONNX Runtime multiplies two values of one shape in its
/// blocked layout; for a factor a channel it leaves the layout and comes back, which takes longer than the copy.
/// </summary>
internal static class SpreadFactors
{
    public static PlainNetwork Apply(PlainNetwork network)
    {
        var rewrite = new NetworkRewrite(network);
        foreach (var node in network.Nodes)
        {
            if (node is PlainMultiply { Inputs: [var value, var factor] } && node.Shape is [_, not 1, _] or [_, _, not 1] && rewrite.Find(factor) is { Shape: [_, 1, 1] } found)
            {
                var spread = new PlainSpread($"{node.Name}/factor", [found.Name], node.Shape);
                rewrite.Keep(spread);
                rewrite.Keep(node with { Inputs = [value, spread.Name] });
            }
            else
            {
                rewrite.Keep(node);
            }
        }

        return rewrite.Result;
    }
}
