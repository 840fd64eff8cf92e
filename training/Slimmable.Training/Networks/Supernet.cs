using Slimmable.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Slimmable.Training;

/// <summary>
/// The shared weights of a supernet and the interpreter that runs any of its subnets on prefix views of them (Yu et al., "Slimmable Neural
/// Networks", ICLR 2019). One instance owns its tensors; not thread-safe.
/// </summary>
public sealed class Supernet : IDisposable
{
    private readonly Dictionary<string, Tensor> tensors = [];
    private readonly NodeInterpreter interpreter;
    private readonly ExecutionPlan whole;
    private readonly ExecutionPlan? trunk;
    private readonly ExecutionPlan? features;
    private readonly ExecutionPlan? tail;

    /// <summary>Creates a supernet whose tensors are all zero; see <see cref="WeightInitializer"/> and <see cref="Load"/>.</summary>
    /// <param name="graph">The architecture.</param>
    public Supernet(SupernetGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        using var scope = torch.NewDisposeScope();
        foreach (var spec in graph.Tensors)
        {
            long[] shape = [.. spec.FullShape.Select(length => (long)length)];
            var zeros = torch.zeros(shape, ScalarType.Float32);
            var tensor = spec.IsLearnt ? new Parameter(zeros) : zeros;
            tensors[spec.Name] = tensor.DetachFromDisposeScope();
        }

        interpreter = new NodeInterpreter(graph, name => tensors[name]);
        whole = ExecutionPlan.For(graph, [graph.Definition.Logits]);
        if (graph.Gate is { } gate)
        {
            trunk = ExecutionPlan.For(graph, [gate.Features, gate.Logits]);
            features = ExecutionPlan.For(graph, [gate.Features]);
            tail = ExecutionPlan.For(graph, [graph.Definition.Logits], gate.Features);
        }
    }

    /// <summary>The architecture.</summary>
    public SupernetGraph Graph { get; }

    /// <summary>A stored tensor by its name; owned by the supernet.</summary>
    public Tensor this[string name] => tensors[name];

    /// <summary>The learnt tensors that some specs name, in their order.</summary>
    public IEnumerable<Parameter> Parameters(IEnumerable<TensorSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return specs.Select(spec => (Parameter)tensors[spec.Name]);
    }

    /// <summary>The logits <c>[N, classes]</c> of a subnet.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    /// <param name="subnet">One of the graph's subnets.</param>
    /// <param name="mode">What else the pass does.</param>
    public Tensor Logits(Tensor images, Subnet subnet, ForwardMode mode) =>
        Run(whole, subnet, mode, (Graph.Input.Name, images))[Graph.Definition.Logits];

    /// <summary>The logits <c>[N, classes]</c> of several subnets, in their order. What stands before a gate is run once for all routable ones.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    /// <param name="subnets">Some of the graph's subnets.</param>
    /// <param name="mode">What else the passes do.</param>
    public IReadOnlyList<Tensor> Logits(Tensor images, IReadOnlyList<Subnet> subnets, ForwardMode mode)
    {
        ArgumentNullException.ThrowIfNull(subnets);
        var routable = Graph.Gate is null ? 0 : subnets.Count(subnet => subnet.Routable);
        using var shared = routable > 1 ? Features(images, mode with { Passes = mode.Passes * routable }) : null;
        return [.. subnets.Select(subnet => shared is not null && subnet.Routable ? Tail(shared, subnet, mode) : Logits(images, subnet, mode))];
    }

    /// <summary>The features for the tails.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    /// <param name="mode">What else the pass does.</param>
    /// <exception cref="InvalidOperationException">The graph has no gate.</exception>
    public Tensor Features(Tensor images, ForwardMode mode)
    {
        var gate = GateOrThrow();
        return Run(features!, Graph.Routable[0], mode, (Graph.Input.Name, images))[gate.Features];
    }

    /// <summary>The features for the tails and the gate's scores <c>[N, candidates]</c>.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    /// <param name="mode">What else the pass does.</param>
    /// <exception cref="InvalidOperationException">The graph has no gate.</exception>
    public (Tensor Features, Tensor GateLogits) Trunk(Tensor images, ForwardMode mode)
    {
        var gate = GateOrThrow();
        var values = Run(trunk!, Graph.Routable[0], mode, (Graph.Input.Name, images));
        return (values[gate.Features], values[gate.Logits]);
    }

    /// <summary>The logits <c>[N, classes]</c> of a routable subnet from the trunk's features.</summary>
    /// <param name="features">From <see cref="Trunk"/>.</param>
    /// <param name="subnet">A routable subnet.</param>
    /// <param name="mode">What else the pass does.</param>
    /// <exception cref="InvalidOperationException">The graph has no gate.</exception>
    public Tensor Tail(Tensor features, Subnet subnet, ForwardMode mode)
    {
        var gate = GateOrThrow();
        return Run(tail!, subnet, mode, (gate.Features, features))[Graph.Definition.Logits];
    }

    /// <summary>Copies weights in.</summary>
    /// <param name="weights">By tensor name, full size, as in a checkpoint.</param>
    public void Load(IReadOnlyDictionary<string, float[]> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in tensors)
        {
            using var values = torch.tensor(weights[name], tensor.shape);
            tensor.copy_(values);
        }
    }

    /// <summary>Copies weights out, by tensor name, full size, as in a checkpoint.</summary>
    public Dictionary<string, float[]> Weights() => tensors.ToDictionary(pair => pair.Key, pair =>
    {
        using var values = pair.Value.detach();
        return values.data<float>().ToArray();
    });

    /// <summary>The weights by tensor name, full size, as in a checkpoint; they are read where they lie, as long as this object lives.</summary>
    public IReadOnlyDictionary<string, TensorValues> Values() => tensors.ToDictionary(
        pair => pair.Key, pair => new TensorValues(pair.Value.NumberOfElements, (first, target) => Read(pair.Value, first, target)));

    /// <summary>Refuses a data set that the network cannot be run on.</summary>
    /// <exception cref="SlimmableException">Its images or classes are not the architecture's.</exception>
    public void CheckFits(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var expected = (Graph.Axis(Graph.Input.Channels).Largest, Graph.Input.Height, Graph.Input.Width);
        var found = (data.Test.Channels, data.Test.Height, data.Test.Width);
        if (expected != found || Graph.Classes != data.Labels.Count)
        {
            throw new SlimmableException(
                $"data set {data.Name}: expected images of {expected} and {Graph.Classes} classes for architecture '{Graph.Name}', found {found} and {data.Labels.Count}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static void Read(Tensor tensor, long first, Span<float> target)
    {
        using var scope = torch.NewDisposeScope();
        tensor.detach().flatten().narrow(0, first, target.Length).data<float>().ToArray().CopyTo(target);
    }

    private Gate GateOrThrow() => Graph.Gate ?? throw new InvalidOperationException($"graph '{Graph.Name}' has no gate");

    private Dictionary<string, Tensor> Run(ExecutionPlan plan, Subnet subnet, ForwardMode mode, (string Name, Tensor Value) given)
    {
        var values = new Dictionary<string, Tensor> { [given.Name] = given.Value };
        for (var index = 0; index < plan.Nodes.Count; index++)
        {
            var node = plan.Nodes[index];
            values[node.Name] = interpreter.Run(node, values, subnet, mode, plan.Overwrites[index]);
            foreach (var name in plan.Releases[index])
            {
                // Autograd keeps what it needs; this only lets go of our own hold. What was overwritten is the node's own value now.
                if (values.Remove(name, out var value) && !ReferenceEquals(value, values[node.Name]))
                {
                    value.Dispose();
                }
            }
        }

        return values;
    }
}
