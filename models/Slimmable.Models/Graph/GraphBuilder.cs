namespace Slimmable.Models;

/// <summary>Collects axes, nodes and subnets for a family's builder; each call adds one node and returns its name.</summary>
public sealed class GraphBuilder
{
    private readonly string name;
    private readonly ImageInput input;
    private readonly List<Axis> axes = [];
    private readonly List<Node> nodes = [];
    private readonly List<Subnet> subnets = [];
    private readonly List<Gate> gates = [];

    /// <summary>Starts a graph.</summary>
    /// <param name="name">The architecture's name.</param>
    /// <param name="channels">Image channels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="width">Image width in pixels.</param>
    public GraphBuilder(string name, int channels, int height, int width)
    {
        this.name = name;
        input = new ImageInput("input", Axis("input.channels", channels), height, width);
    }

    /// <summary>The name of the graph's input.</summary>
    public string Input => input.Name;

    /// <summary>The name of the input's channel axis.</summary>
    public string InputChannels => input.Channels;

    /// <summary>The axes so far.</summary>
    public IReadOnlyList<Axis> Axes => axes;

    /// <summary>Adds an axis and returns its name.</summary>
    public string Axis(string axis, params IReadOnlyList<int> sizes)
    {
        axes.Add(new Axis(axis, sizes));
        return axis;
    }

    /// <summary>Adds any node and returns its name.</summary>
    public string Add(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        nodes.Add(node);
        return node.Name;
    }

    /// <summary>Adds a dense convolution; padding keeps the size at stride 1.</summary>
    public string Conv(string node, string from, string inAxis, string outAxis, int kernel = 1, int stride = 1, bool bias = false) =>
        Add(new Conv2dNode(node, from, ConvolutionKind.Dense, inAxis, outAxis, kernel, stride, (kernel - 1) / 2, bias));

    /// <summary>Adds a depthwise convolution; padding keeps the size at stride 1.</summary>
    public string Depthwise(string node, string from, string axis, int kernel, int stride) =>
        Add(new Conv2dNode(node, from, ConvolutionKind.Depthwise, axis, axis, kernel, stride, (kernel - 1) / 2, Bias: false));

    /// <summary>Adds batch normalization, with shared gamma and beta unless told otherwise.</summary>
    public string Norm(string node, string from, string axis, AffineSharing affine = AffineSharing.Shared) =>
        Add(new BatchNormNode(node, from, axis, affine, Epsilon: 1e-5, Momentum: 0.1));

    /// <summary>Adds an activation.</summary>
    public string Activation(string node, string from, ActivationKind kind) => Add(new ActivationNode(node, from, kind));

    /// <summary>Adds a subnet by the index it takes on each elastic axis.</summary>
    /// <param name="subnet">Its name.</param>
    /// <param name="routable">Whether requests can be sent to it.</param>
    /// <param name="indexOn">Gives the index on an elastic axis.</param>
    public string Subnet(string subnet, bool routable, Func<Axis, int> indexOn)
    {
        subnets.Add(new Subnet(subnet, routable, axes.Where(axis => axis.IsElastic).ToDictionary(axis => axis.Name, indexOn)));
        return subnet;
    }

    /// <summary>Adds a gate.</summary>
    public void Gate(Gate gate) => gates.Add(gate);

    /// <summary>Checks what was collected and makes the graph.</summary>
    /// <param name="logits">The node that yields <c>[N, classes]</c>.</param>
    /// <exception cref="InvalidGraphException">A rule is broken.</exception>
    public SupernetGraph Build(string logits) =>
        SupernetGraph.Create(new GraphDefinition(name, input, [.. axes], [.. nodes], logits, [.. subnets], [.. gates]));
}
