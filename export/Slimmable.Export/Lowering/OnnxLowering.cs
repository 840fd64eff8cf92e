using Slimmable.Export.Onnx;
using Slimmable.Models;
using static Slimmable.Export.OnnxParts;

namespace Slimmable.Export;

/// <summary>
/// Turns a plain network into an ONNX graph, node by node and in order. A node keeps its name, a weight its own. A value is called after
/// its port, or <c>NODE/output</c>: no node, weight or port can have a name with a slash. In a graph that several networks make together each
/// has a scope, which stands before all of its names.
/// </summary>
internal sealed class OnnxLowering
{
    private readonly PlainNetwork network;
    private readonly string scope;
    private readonly string batch;
    private readonly Dictionary<string, string> ports;
    private readonly GraphProto graph;
    private readonly ExternalData? data;

    private OnnxLowering(PlainNetwork network, string scope, string batch, ExternalData? data)
    {
        this.network = network;
        this.scope = scope;
        this.batch = batch;
        this.data = data;
        ports = network.Inputs.Concat(network.Outputs).ToDictionary(port => port.Value, port => port.Name);
        graph = new GraphProto { Name = network.Name };
    }

    /// <summary>Lowers a network.</summary>
    /// <param name="network">The network, after the passes; no value has two ports.</param>
    /// <param name="scope">What stands before every name; none where the network is a graph by itself.</param>
    /// <param name="batch">The name of the batch dimension.</param>
    /// <param name="data">Where large weights go; null for the graph itself.</param>
    /// <exception cref="SlimmableException">A weight is not finite.</exception>
    public static GraphProto Lower(PlainNetwork network, string scope = "", string batch = OnnxFormat.Batch, ExternalData? data = null)
    {
        WeightRules.Check(network);
        return new OnnxLowering(network, scope, batch, data).LowerGraph();
    }

    private GraphProto LowerGraph()
    {
        graph.Input.AddRange(network.Inputs.Select(ValueOf));
        graph.Output.AddRange(network.Outputs.Select(ValueOf));
        foreach (var node in network.Nodes)
        {
            Lower(node);
            graph.Initializer.AddRange(node.Tensors.Select(tensor => Place(tensor with { Name = scope + tensor.Name })));
            if (!ports.ContainsKey(node.Name))
            {
                graph.ValueInfo.Add(Value(NameOf(node.Name), batch, node.Shape, node.Type));
            }
        }

        return graph;
    }

    private TensorProto Place(PlainTensor tensor) => data?.Place(tensor) ?? Tensor(tensor);

    private ValueInfoProto ValueOf(Port port) => Value(scope + port.Name, batch, port.Shape, port.Type);

    private void Lower(PlainNode node)
    {
        switch (node)
        {
            case PlainConv conv:
                Emit(conv, "Conv", [Integer("group", conv.Groups), .. Window(conv.Weight.Shape[2], conv.Stride, conv.Padding)]);
                break;
            case PlainLinear:
                Emit(node, "Gemm", Integer("transB", 1));
                break;
            case PlainBatchNorm norm:
                Emit(norm, "BatchNormalization", Number("epsilon", (float)norm.Epsilon));
                break;
            case PlainActivation { Kind: ActivationKind.Relu }:
                Emit(node, "Relu");
                break;
            case PlainActivation { Kind: ActivationKind.HardSwish }:
                Emit(node, "HardSwish");
                break;
            case PlainActivation { Kind: ActivationKind.Sigmoid }:
                Emit(node, "Sigmoid");
                break;
            case PlainActivation { Kind: ActivationKind.Swish }:
                LowerSwish(node);
                break;
            case PlainGlobalAveragePool:
                Emit(node, "GlobalAveragePool");
                break;
            case PlainAveragePool pool:
                Emit(pool, "AveragePool", [Integer("count_include_pad", 1), .. Window(pool.Kernel, pool.Stride, pool.Padding)]);
                break;
            case PlainMaxPool pool:
                Emit(pool, "MaxPool", [.. Window(pool.Kernel, pool.Stride, pool.Padding)]);
                break;
            case PlainAdd:
                Emit(node, "Add");
                break;
            case PlainMultiply:
                Emit(node, "Mul");
                break;
            case PlainSpread spread:
                LowerSpread(spread);
                break;
            case PlainFlatten:
                Emit(node, "Flatten", Integer("axis", 1));
                break;
            case PlainCast:
                Emit(node, "Cast", Integer("to", (long)TypeOf(node.Type)));
                break;
            case PlainChannelsFirst:
                Emit(node, "Transpose", Integers("perm", 0, 3, 1, 2));
                break;
            case PlainScale:
                Emit(node, "Mul");
                break;
            case PlainShift:
                Emit(node, "Add");
                break;
            case PlainIdentity:
                Emit(node, "Identity");
                break;
            default:
                throw new NotSupportedException($"no lowering for {node.GetType().Name}");
        }
    }

    /// <summary>x * sigmoid(x): opset 17 has no operator for it. ONNX Runtime fuses these two into one.</summary>
    private void LowerSwish(PlainNode node)
    {
        var (input, sigmoid) = (NameOf(node.Inputs[0]), $"{scope}{node.Name}/sigmoid");
        graph.Node.Add(Node("Sigmoid", sigmoid, [input], sigmoid));
        graph.Node.Add(Node("Mul", scope + node.Name, [input, sigmoid], NameOf(node.Name)));
        graph.ValueInfo.Add(Value(sigmoid, batch, node.Shape, node.Type));
    }

    /// <summary>A resizing to the nearest pixel, of which there is one; its second input, a region, is left out.</summary>
    private void LowerSpread(PlainSpread node) => graph.Node.Add(Node(
        "Resize",
        scope + node.Name,
        [NameOf(node.Inputs[0]), "", .. node.Tensors.Select(tensor => scope + tensor.Name)],
        NameOf(node.Name),
        Text("coordinate_transformation_mode", "asymmetric"),
        Text("mode", "nearest"),
        Text("nearest_mode", "floor")));

    private void Emit(PlainNode node, string operation, params IEnumerable<AttributeProto> attributes)
    {
        var inputs = node.Inputs.Select(NameOf).Concat(node.Tensors.Select(tensor => scope + tensor.Name));
        graph.Node.Add(Node(operation, scope + node.Name, inputs, NameOf(node.Name), attributes));
    }

    private string NameOf(string value) => scope + (ports.TryGetValue(value, out var port) ? port : $"{value}/output");

    private static IEnumerable<AttributeProto> Window(int kernel, int stride, int padding) =>
    [
        Integers("kernel_shape", kernel, kernel),
        Integers("pads", padding, padding, padding, padding),
        Integers("strides", stride, stride),
    ];
}
