namespace Slimmable.Models;

/// <summary>Builds a graph on whose axes every index stands for one width multiplier, so that a subnet is one index everywhere.</summary>
internal sealed class WidthGraph
{
    private readonly WidthOptions options;
    private readonly GraphBuilder graph;

    /// <summary>Starts a graph.</summary>
    /// <param name="family">The family's name, for messages.</param>
    /// <param name="options">What it is built from.</param>
    /// <exception cref="InvalidOptionsException">The options contradict each other; every fault is listed.</exception>
    public WidthGraph(string family, WidthOptions options)
    {
        if (options.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException($"{family} '{options.Name}'", faults);
        }

        this.options = options;
        graph = new GraphBuilder(options.Name, options.Data.Channels, options.Data.Height, options.Data.Width);
    }

    /// <summary>The name of the graph's input.</summary>
    public string Input => graph.Input;

    /// <summary>The name of the input's channel axis.</summary>
    public string InputChannels => graph.InputChannels;

    /// <summary>The channels at each multiplier.</summary>
    /// <param name="channels">At multiplier 1.</param>
    /// <param name="times">What the rounded number is multiplied by: a bottleneck block's expansion.</param>
    public IReadOnlyList<int> Sizes(int channels, int times = 1) =>
        [.. options.Multipliers.Select(multiplier => times * Channels.Divisible(channels * multiplier, options.Divisor))];

    /// <summary>Adds an axis and returns its name.</summary>
    public string Axis(string axis, IReadOnlyList<int> sizes) => graph.Axis(axis, sizes);

    /// <summary>The sizes of an axis that was added.</summary>
    public IReadOnlyList<int> SizesOf(string axis) => graph.Axes.Single(known => known.Name == axis).Sizes;

    /// <summary>Adds any node and returns its name.</summary>
    public string Add(Node node) => graph.Add(node);

    /// <summary>Adds a dense convolution and its batch normalization.</summary>
    public string ConvNorm(string node, string from, string inAxis, string outAxis, int kernel, int stride = 1, bool bias = false) =>
        graph.Norm($"{node}_norm", graph.Conv(node, from, inAxis, outAxis, kernel, stride, bias), outAxis, options.Affine);

    /// <summary>Adds a dense convolution, its batch normalization and a ReLU.</summary>
    public string ConvNormRelu(string node, string from, string inAxis, string outAxis, int kernel, int stride = 1, bool bias = false) =>
        Relu($"{node}_activation", ConvNorm(node, from, inAxis, outAxis, kernel, stride, bias));

    /// <summary>Adds a depthwise 3x3 convolution, its batch normalization and a ReLU.</summary>
    public string DepthwiseNormRelu(string node, string from, string axis, int stride)
    {
        var value = graph.Depthwise(node, from, axis, kernel: 3, stride);
        return Relu($"{node}_activation", graph.Norm($"{node}_norm", value, axis, options.Affine));
    }

    /// <summary>Adds a ReLU.</summary>
    public string Relu(string node, string from) => graph.Activation(node, from, ActivationKind.Relu);

    /// <summary>Adds the pooled head and makes the graph.</summary>
    /// <param name="from">The last feature map.</param>
    /// <param name="axis">Its axis.</param>
    /// <exception cref="InvalidGraphException">A rule is broken.</exception>
    public SupernetGraph PoolAndClassify(string from, string axis)
    {
        var pooled = graph.Add(new GlobalAveragePoolNode("head.pool", from));
        return Classify(graph.Add(new FlattenNode("head.flatten", pooled)), axis);
    }

    /// <summary>Adds the classifier and the subnets, and makes the graph.</summary>
    /// <param name="from">A flat value.</param>
    /// <param name="axis">Its axis.</param>
    /// <exception cref="InvalidGraphException">A rule is broken.</exception>
    public SupernetGraph Classify(string from, string axis)
    {
        var logits = graph.Add(new LinearNode("head.classifier", from, axis, graph.Axis("classes", options.Data.Classes)));
        foreach (var (index, multiplier) in options.Multipliers.Index())
        {
            graph.Subnet(WidthOptions.SubnetName(multiplier), routable: true, _ => index);
        }

        return graph.Build(logits);
    }
}
