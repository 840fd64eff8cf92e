namespace Slimmable.Models;

/// <summary>
/// A supernet: one set of shared weights that holds many subnets of different width. Immutable and checked; the trainer, the exporter and
/// the cost model all read this one graph.
/// </summary>
public sealed class SupernetGraph
{
    private readonly Dictionary<string, Axis> axes;
    private readonly Dictionary<string, Node> nodes;
    private readonly Dictionary<string, ValueShape> shapes;
    private readonly Dictionary<string, Subnet> subnets;
    private readonly ILookup<string, TensorSpec> tensorsByNode;
    private readonly Dictionary<(string Node, TensorRole Role, int? WidthIndex), TensorSpec> tensorsByUse;

    private SupernetGraph(GraphDefinition definition, Dictionary<string, ValueShape> shapes)
    {
        Definition = definition;
        this.shapes = shapes;
        axes = definition.Axes.ToDictionary(axis => axis.Name);
        nodes = definition.Nodes.ToDictionary(node => node.Name);
        // Whether the names are distinct is a rule that is checked on the graph.
        subnets = definition.Subnets.DistinctBy(subnet => subnet.Name).ToDictionary(subnet => subnet.Name);
        Routable = [.. definition.Subnets.Where(subnet => subnet.Routable)];
        Tensors = [.. definition.Nodes.SelectMany(node => TensorCatalog.Of(node, Axis, ShapeOf))];
        tensorsByNode = Tensors.ToLookup(tensor => tensor.Node.Name);
        tensorsByUse = Tensors.ToDictionary(tensor => (tensor.Node.Name, tensor.Role, tensor.WidthIndex));
    }

    /// <summary>The graph as data.</summary>
    public GraphDefinition Definition { get; }

    /// <summary>The architecture's name.</summary>
    public string Name => Definition.Name;

    /// <summary>What goes in.</summary>
    public ImageInput Input => Definition.Input;

    /// <summary>The nodes in topological order.</summary>
    public IReadOnlyList<Node> Nodes => Definition.Nodes;

    /// <summary>All subnets: the routable ones from cheap to dear, then those that only teach.</summary>
    public IReadOnlyList<Subnet> Subnets => Definition.Subnets;

    /// <summary>The subnets that requests can be sent to, from cheap to dear.</summary>
    public IReadOnlyList<Subnet> Routable { get; }

    /// <summary>The subnet that teaches the others: the one that only teaches where there is one, else the widest routable one.</summary>
    public Subnet Teacher => Subnets[^1];

    /// <summary>The gate, or null for a network whose width its caller chooses.</summary>
    public Gate? Gate => Definition.Gates.Count == 0 ? null : Definition.Gates[0];

    /// <summary>Every stored tensor, in the graph's order.</summary>
    public IReadOnlyList<TensorSpec> Tensors { get; }

    /// <summary>The number of classes.</summary>
    public int Classes => Axis(ShapeOf(Definition.Logits).Axis).Largest;

    /// <summary>Checks a definition and makes the graph.</summary>
    /// <param name="definition">The architecture as data, from a builder or a file.</param>
    /// <exception cref="InvalidGraphException">The definition breaks a rule; every fault is listed.</exception>
    public static SupernetGraph Create(GraphDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var structure = new GraphValidator(definition);
        structure.Check();
        ThrowIfAny(definition, structure.Faults);
        var graph = new SupernetGraph(definition, structure.Shapes);
        ThrowIfAny(definition, SubnetRules.FaultsOf(graph));
        return graph;
    }

    /// <summary>The same graph with every batch normalization's gamma and beta shared or private: how they are kept is a recipe's choice.</summary>
    /// <param name="sharing">How all of them are kept.</param>
    public SupernetGraph WithAffine(AffineSharing sharing) => Create(Definition with
    {
        Nodes = [.. Nodes.Select(node => node is BatchNormNode norm ? norm with { Affine = sharing } : node)],
    });

    /// <summary>The same graph with a gate that chooses among other subnets and has as many scores.</summary>
    /// <param name="candidates">Routable subnets, in the order of the scores.</param>
    /// <exception cref="InvalidOperationException">The graph has no gate.</exception>
    /// <exception cref="InvalidGraphException">A candidate is not a routable subnet or is named twice.</exception>
    public SupernetGraph WithCandidates(IReadOnlyList<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var gate = Gate ?? throw new InvalidOperationException($"graph '{Name}' has no gate");
        var scores = ShapeOf(gate.Logits).Axis;
        return Create(Definition with
        {
            Axes = [.. Definition.Axes.Select(axis => axis.Name == scores ? axis with { Sizes = [candidates.Count] } : axis)],
            Gates = [gate with { Candidates = candidates }],
        });
    }

    /// <summary>The same graph with a gate whose scores have a bias of their own each, which holds the mean cost it is set to.</summary>
    /// <exception cref="InvalidOperationException">The graph has no gate, or its scores are not made by a convolution or a linear layer.</exception>
    public SupernetGraph WithGateBias() => GateScores() is Conv2dNode { Bias: false } conv
        ? Create(Definition with { Nodes = [.. Nodes.Select(node => node == conv ? conv with { Bias = true } : node)] })
        : this;

    /// <summary>The layer that makes the gate's scores, before they are flattened.</summary>
    /// <exception cref="InvalidOperationException">The graph has no gate, or its scores are not made by a convolution or a linear layer.</exception>
    public Node GateScores()
    {
        var gate = Gate ?? throw new InvalidOperationException($"graph '{Name}' has no gate");
        var layer = Node(gate.Logits);
        while (layer is FlattenNode flatten)
        {
            layer = Node(flatten.Input);
        }

        return layer is Conv2dNode or LinearNode
            ? layer
            : throw new InvalidOperationException($"graph '{Name}': expected a convolution or a linear layer to make the gate's scores, found {layer.GetType().Name} '{layer.Name}'");
    }

    /// <summary>The bias of the gate's scores, of <see cref="WithGateBias"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TensorSpec GateBias() => TensorsOf(GateScores()).SingleOrDefault(spec => spec.Role == TensorRole.Bias)
        ?? throw new InvalidOperationException($"graph '{Name}': the gate's scores have no bias");

    /// <summary>
    /// The same graph with only some of its subnets, in the graph's order: each axis keeps the sizes they take, the gate those candidates that are
    /// left, and where fewer than two are, the gate goes and with it the nodes that only it needs. What a subnet computes and costs stays as it is.
    /// </summary>
    /// <param name="names">Subnets of the graph, at least one of them routable.</param>
    /// <exception cref="SlimmableException">The graph has no such subnet; the message lists those it has.</exception>
    /// <exception cref="InvalidGraphException">None of them is routable.</exception>
    public SupernetGraph WithSubnets(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Create(new SubnetSelection(this, names).Definition());
    }

    /// <summary>An axis by name.</summary>
    /// <exception cref="KeyNotFoundException">The graph has no such axis.</exception>
    public Axis Axis(string name) => axes[name];

    /// <summary>A node by name.</summary>
    /// <exception cref="KeyNotFoundException">The graph has no such node.</exception>
    public Node Node(string name) => nodes[name];

    /// <summary>A subnet by name.</summary>
    /// <exception cref="SlimmableException">The graph has no such subnet; the message lists those it has.</exception>
    public Subnet Subnet(string name) => subnets.TryGetValue(name, out var subnet)
        ? subnet
        : throw new SlimmableException($"subnet '{name}': expected one of {string.Join(", ", Subnets.Select(known => known.Name))}");

    /// <summary>The shape of a node's value, or of the input.</summary>
    /// <exception cref="KeyNotFoundException">The graph has no such value.</exception>
    public ValueShape ShapeOf(string value) => shapes[value];

    /// <summary>The channels a value has in a subnet.</summary>
    public int ChannelsOf(string value, Subnet subnet)
    {
        ArgumentNullException.ThrowIfNull(subnet);
        return subnet.WidthOn(Axis(ShapeOf(value).Axis));
    }

    /// <summary>The tensors that a node stores, for all widths.</summary>
    public IEnumerable<TensorSpec> TensorsOf(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return tensorsByNode[node.Name];
    }

    /// <summary>The tensor a node uses in one role in one subnet.</summary>
    /// <exception cref="InvalidOperationException">The node has no tensor in that role.</exception>
    public TensorSpec TensorOf(Node node, TensorRole role, Subnet subnet)
    {
        ArgumentNullException.ThrowIfNull(subnet);
        ArgumentNullException.ThrowIfNull(node);
        return tensorsByUse.TryGetValue((node.Name, role, null), out var tensor) || tensorsByUse.TryGetValue((node.Name, role, WidthIndexOf(node, subnet)), out tensor)
            ? tensor
            : throw new InvalidOperationException($"node '{node.Name}' has no {role}");
    }

    /// <summary>The nodes that are needed to compute some values from others, in topological order.</summary>
    /// <param name="targets">The values wanted.</param>
    /// <param name="given">Values that are there already, with all that leads only to them; the graph's input always is.</param>
    public IReadOnlyList<Node> NodesFor(IEnumerable<string> targets, params IEnumerable<string> given)
    {
        var known = given.Append(Input.Name).ToHashSet();
        var needed = targets.Where(target => !known.Contains(target)).ToHashSet();
        for (var index = Nodes.Count - 1; index >= 0; index--)
        {
            if (needed.Contains(Nodes[index].Name))
            {
                needed.UnionWith(Nodes[index].Inputs.Where(input => !known.Contains(input)));
            }
        }

        return [.. Nodes.Where(node => needed.Contains(node.Name))];
    }

    private static void ThrowIfAny(GraphDefinition definition, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidGraphException(definition.Name, faults);
        }
    }

    private int WidthIndexOf(Node node, Subnet subnet) => subnet.IndexOn(Axis(ShapeOf(node.Name).Axis));
}
