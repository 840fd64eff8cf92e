namespace Slimmable.Models.Tests;

/// <summary>
/// Counts one subnet the slow way, sharing nothing with the library: it follows concrete sizes from the input on and walks over every
/// output pixel and channel, adding up the products that a plain implementation of the operator computes there.
/// </summary>
internal sealed class LoopCounter
{
    private readonly Dictionary<string, (int Channels, int Height, int Width)> sizes = [];
    private readonly Dictionary<string, (long MAdds, long Parameters)> costs = [];
    private readonly GraphDefinition graph;
    private readonly Subnet subnet;

    public LoopCounter(GraphDefinition graph, Subnet subnet)
    {
        this.graph = graph;
        this.subnet = subnet;
        sizes[graph.Input.Name] = (Width(graph.Input.Channels), graph.Input.Height, graph.Input.Width);
        foreach (var node in graph.Nodes)
        {
            Run(node);
        }

        var needed = new HashSet<string>();
        Need(graph.Logits, needed);
        MAdds = needed.Sum(name => costs[name].MAdds);
        Parameters = needed.Sum(name => costs[name].Parameters);
    }

    public long MAdds { get; }

    public long Parameters { get; }

    private void Need(string value, HashSet<string> needed)
    {
        if (graph.Nodes.SingleOrDefault(node => node.Name == value) is { } node && needed.Add(value))
        {
            foreach (var input in node.Inputs)
            {
                Need(input, needed);
            }
        }
    }

    private int Width(string axis)
    {
        var sizesOfAxis = graph.Axes.Single(known => known.Name == axis).Sizes;
        return sizesOfAxis.Count == 1 ? sizesOfAxis[0] : sizesOfAxis[subnet.Indices[axis]];
    }

    private void Run(Node node)
    {
        var input = sizes[node.Inputs[0]];
        var (output, madds, parameters) = node switch
        {
            Conv2dNode conv => Convolve(conv, input),
            AveragePoolNode pool => (Slide(input, pool.Kernel, pool.Stride, pool.Padding), Every(input), 0L),
            MaxPoolNode pool => (Slide(input, pool.Kernel, pool.Stride, pool.Padding), 0L, 0L),
            GlobalAveragePoolNode => ((input.Channels, 1, 1), Every(input), 0L),
            FlattenNode => ((input.Channels * input.Height * input.Width, 1, 1), 0L, 0L),
            LinearNode linear => Multiply(linear, input),
            BatchNormNode => (input, 0L, 2L * input.Channels),
            _ => (input, 0L, 0L),
        };
        sizes[node.Name] = output;
        costs[node.Name] = (madds, parameters);
    }

    private ((int, int, int) Output, long MAdds, long Parameters) Convolve(Conv2dNode conv, (int Channels, int Height, int Width) input)
    {
        var output = Slide(input, conv.Kernel, conv.Stride, conv.Padding) with { Channels = Width(conv.Out) };
        var perOutput = (conv.Kind == ConvolutionKind.Depthwise ? 1 : input.Channels) * conv.Kernel * conv.Kernel;
        var madds = 0L;
        for (var channel = 0; channel < output.Channels; channel++)
        {
            for (var row = 0; row < output.Height; row++)
            {
                for (var column = 0; column < output.Width; column++)
                {
                    madds += perOutput;
                }
            }
        }

        return (output, madds, (perOutput + (conv.Bias ? 1 : 0)) * output.Channels);
    }

    private ((int, int, int) Output, long MAdds, long Parameters) Multiply(LinearNode linear, (int Channels, int Height, int Width) input)
    {
        var classes = Width(linear.Out);
        return ((classes, 1, 1), (long)input.Channels * classes, (input.Channels + 1L) * classes);
    }

    /// <summary>Slides the window over the padded input as long as it fits.</summary>
    private static (int Channels, int Height, int Width) Slide((int Channels, int Height, int Width) input, int kernel, int stride, int padding)
    {
        return (input.Channels, Positions(input.Height), Positions(input.Width));

        int Positions(int side)
        {
            var count = 0;
            for (var at = -padding; at + kernel <= side + padding; at += stride)
            {
                count++;
            }

            return count;
        }
    }

    private static long Every((int Channels, int Height, int Width) value) => (long)value.Channels * value.Height * value.Width;
}
