namespace Slimmable.Export;

/// <summary>
/// <c>W2 f(W1 x + b1) + b2 = [W2 0] f([W1; 0] x + [b1; 0]) + b2</c>: between two convolutions of one pixel, as in an attention, zeros fill the channels up
/// to a multiple of 16. ONNX Runtime's blocked layout is left, and entered again, wherever a convolution reads another number of channels.
/// </summary>
internal static class FillBlocks
{
    private const int Block = 16;

    public static PlainNetwork Apply(PlainNetwork network)
    {
        var readers = network.Nodes.SelectMany(node => node.Inputs, (node, input) => (node, input)).ToLookup(read => read.input, read => read.node.Name);
        var leaving = network.Outputs.Select(output => output.Value).ToHashSet();
        var nodes = network.Nodes.ToDictionary(node => node.Name);
        foreach (var name in network.Nodes.Select(node => node.Name))
        {
            if (nodes[name] is PlainConv { Groups: 1 } first && first.Shape is [var channels, 1, 1] && channels % Block != 0)
            {
                Fill(first);
            }
        }

        return network with { Nodes = [.. network.Nodes.Select(node => nodes[node.Name])] };

        void Fill(PlainConv first)
        {
            var between = new List<PlainNode>();
            PlainNode last = first;
            while (!leaving.Contains(last.Name) && readers[last.Name].ToList() is [var reader])
            {
                last = nodes[reader];
                if (last is PlainConv { Groups: 1 } second)
                {
                    var filled = (first.Shape[0] + Block - 1) / Block * Block;
                    nodes[first.Name] = WithOutputs(first, filled);
                    nodes[second.Name] = WithInputs(second, filled);
                    between.ForEach(node => nodes[node.Name] = node with { Shape = [filled, 1, 1] });
                    return;
                }

                if (last is not PlainActivation)
                {
                    return;
                }

                between.Add(last);
            }
        }
    }

    private static PlainConv WithOutputs(PlainConv conv, int channels) => conv with
    {
        Shape = [channels, 1, 1],
        Weight = Filled(conv.Weight, 0, channels),
        Bias = conv.Bias is null ? null : Filled(conv.Bias, 0, channels),
    };

    private static PlainConv WithInputs(PlainConv conv, int channels) => conv with { Weight = Filled(conv.Weight, 1, channels) };

    /// <summary>A tensor with zeros after it along one dimension.</summary>
    private static PlainTensor Filled(PlainTensor tensor, int dimension, int length)
    {
        int[] shape = [.. tensor.Shape];
        shape[dimension] = length;
        var rows = tensor.Shape.Take(dimension).Aggregate(1, (product, size) => product * size);
        var (from, to) = ((int)tensor.Values.Count / rows, (int)tensor.Values.Count / rows / tensor.Shape[dimension] * length);
        var values = new float[rows * to];
        for (var row = 0; row < rows; row++)
        {
            tensor.Values.Read(row * from, values.AsSpan(row * to, from));
        }

        return tensor with { Shape = shape, Values = values };
    }
}
