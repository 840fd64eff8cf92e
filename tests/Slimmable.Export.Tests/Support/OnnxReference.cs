using System.Runtime.InteropServices;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>Runs an ONNX model for one image, as ONNX's documents define its operators.</summary>
internal sealed class OnnxReference(ModelProto model)
{
    private readonly Dictionary<string, IndexedTensor> weights = model.Graph.Initializer.ToDictionary(
        tensor => tensor.Name,
        tensor => new IndexedTensor([.. tensor.Dims.Select(length => (int)length)], MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()));

    private readonly Dictionary<string, Volume> values = [];

    /// <summary>The outputs by name.</summary>
    public Dictionary<string, Volume> Run(Volume input)
    {
        values[Assert.Single(model.Graph.Input).Name] = input;
        foreach (var node in model.Graph.Node)
        {
            values.Add(Assert.Single(node.Output), Run(node, values[node.Input[0]]));
        }

        return model.Graph.Output.ToDictionary(output => output.Name, output => values[output.Name]);
    }

    private Volume Run(NodeProto node, Volume input) => node.OpType switch
    {
        "Conv" => ReferenceMath.Conv(
            input,
            Weight(node, 1).Shape[0],
            (int)Attribute(node, "group").I,
            First(node, "kernel_shape"),
            First(node, "strides"),
            First(node, "pads"),
            Weight(node, 1),
            node.Input.Count == 3 ? Weight(node, 2) : null),
        "Gemm" when Attribute(node, "transB").I == 1 => ReferenceMath.Linear(input, Weight(node, 1).Shape[0], Weight(node, 1), Weight(node, 2)),
        "BatchNormalization" => ReferenceMath.Norm(
            input, Weight(node, 1), Weight(node, 2), Weight(node, 3), Weight(node, 4), Attribute(node, "epsilon").F),
        "Relu" => ReferenceMath.Activate(input, ActivationKind.Relu),
        "Sigmoid" => ReferenceMath.Activate(input, ActivationKind.Sigmoid),
        "HardSwish" => ReferenceMath.Activate(input, ActivationKind.HardSwish),
        "GlobalAveragePool" => ReferenceMath.GlobalAveragePool(input),
        "AveragePool" when Attribute(node, "count_include_pad").I == 1 =>
            ReferenceMath.AveragePool(input, First(node, "kernel_shape"), First(node, "strides"), First(node, "pads")),
        "MaxPool" => ReferenceMath.MaxPool(input, First(node, "kernel_shape"), First(node, "strides"), First(node, "pads")),
        "Add" => ReferenceMath.Add(input, values[node.Input[1]]),
        "Mul" => ReferenceMath.Multiply(input, values[node.Input[1]]),
        "Resize" => ReferenceMath.Spread(input, (int)Weight(node, 2)[2], (int)Weight(node, 2)[3]),
        "Flatten" when Attribute(node, "axis").I == 1 => ReferenceMath.Flatten(input),
        "Identity" => input,
        _ => throw new NotSupportedException($"{node.OpType} {node.Attribute}"),
    };

    private IndexedTensor Weight(NodeProto node, int input) => weights[node.Input[input]];

    private static AttributeProto Attribute(NodeProto node, string name) => node.Attribute.Single(attribute => attribute.Name == name);

    /// <summary>An attribute that is the same in every direction.</summary>
    private static int First(NodeProto node, string name) => (int)Attribute(node, name).Ints.Distinct().Single();
}
