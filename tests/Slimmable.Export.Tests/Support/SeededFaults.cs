using Google.Protobuf;
using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.AttributeProto.Types;
using static Slimmable.Export.Onnx.TensorProto.Types;
using static Slimmable.Export.Onnx.TensorShapeProto.Types;

namespace Slimmable.Export.Tests;

/// <summary>One way to break a good model, and what the checker must say of it.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Break">Does it.</param>
/// <param name="Rule">Which kind of fault that is.</param>
/// <param name="Message">What must be said of it, whole.</param>
internal sealed record SeededFault(string Name, Action<ModelProto> Break, FindingRule Rule, string Message);

/// <summary>The ways in which the checker's tests break the middle subnet of <see cref="TinyGraphs.EveryOperator"/>.</summary>
internal static class SeededFaults
{
    public static IReadOnlyList<SeededFault> All { get; } =
    [
        new("older IR", model => model.IrVersion = 7, FindingRules.ModelVersions, "ir_version: expected 8, found 7"),
        new("no IR version", model => model.ClearIrVersion(), FindingRules.ModelVersions, "ir_version: expected 8, found 0"),
        new("other opset", model => model.OpsetImport[0].Version = 18, FindingRules.ModelVersions, "opset_import: expected ONNX's own operators 17, found '' 18"),
        new("no opset", model => model.OpsetImport.Clear(), FindingRules.ModelVersions, "opset_import: expected ONNX's own operators 17, found none"),
        new(
            "a second domain",
            model => model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 }),
            FindingRules.ModelVersions, "opset_import: expected ONNX's own operators 17, found '' 17, 'com.microsoft' 1"),
        new("a function of its own", model => model.Functions.Add(new FunctionProto { Name = "f" }), FindingRules.ModelVersions, "functions: expected none"),
        new("no graph", model => model.Graph = null, FindingRules.GraphParts, "graph: expected one, found none"),
        new("no graph name", model => model.Graph.ClearName(), FindingRules.GraphParts, "graph: expected a name, found none"),
        new("sparse weights", model => model.Graph.SparseInitializer.Add(new SparseTensorProto()), FindingRules.GraphParts, "graph: expected dense initializers, found sparse ones"),
        new("no input", model => model.Graph.Input.Clear(), FindingRules.GraphParts, "graph: expected an input, found none"),
        new("no output", model => model.Graph.Output.Clear(), FindingRules.GraphParts, "graph: expected an output, found none"),
        new("input without type", model => model.Graph.Input[0].Type = null, FindingRules.Declarations, "input 'input': expected a tensor with a shape"),
        new("input of doubles", model => model.Graph.Input[0].Type.TensorType.ElemType = 11, FindingRules.ElementTypes, "input 'input': expected float, float16, int64, uint8 or bool, found type 11 (double)"),
        new("input without shape", model => model.Graph.Input[0].Type.TensorType.Shape = null, FindingRules.Declarations, "input 'input': expected a tensor with a shape"),
        new("unknown height", model => InputDim(model, 2).ClearValue(), FindingRules.Shapes, "input 'input': expected at most 8 dimensions that have a name or a length from 1 up"),
        new("zero height", model => InputDim(model, 2).DimValue = 0, FindingRules.Shapes, "input 'input': expected at most 8 dimensions that have a name or a length from 1 up"),
        new("negative height", model => InputDim(model, 2).DimValue = -7, FindingRules.Shapes, "input 'input': expected at most 8 dimensions that have a name or a length from 1 up"),
        new("huge height", model => InputDim(model, 2).DimValue = long.MaxValue, FindingRules.Shapes, "input 'input': expected at most 8 dimensions that have a name or a length from 1 up"),
        new("named height", model => InputDim(model, 2).DimParam = "H", FindingRules.Shapes, "node 'stem.conv': expected a known length, found H"),
        new("other channels", model => InputDim(model, 1).DimValue = 3, FindingRules.Shapes, "node 'stem.conv': expected weights for 3 channels, found [3, 2, 3, 3]"),
        new("other output shape", model => model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 5, FindingRules.Declarations, "output 'logits': expected float [N, 4] of its value, found float [N, 5]"),
        new("other batch name", model => model.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam = "B", FindingRules.Declarations, "output 'logits': expected float [N, 4] of its value, found float [B, 4]"),
        new("output that nothing makes", model => model.Graph.Output[0].Name = "nothing", FindingRules.Declarations, "output 'nothing': nothing makes it"),
        new("output twice", model => model.Graph.Output.Add(model.Graph.Output[0].Clone()), FindingRules.GraphNames, "output 'logits': the name is used twice"),
        new("input as output", model => model.Graph.Output.Add(model.Graph.Input[0].Clone()), FindingRules.GraphParts, "output 'input': expected a node's value, found an input"),
        new("value_info that is wrong", model => Value(model, "body.relu/output").Type.TensorType.Shape.Dim[1].DimValue = 2, FindingRules.Declarations, "value_info 'body.relu/output': expected float [N, 4, 7, 6] of its value, found float [N, 2, 7, 6]"),
        new("value_info of nothing", model => Value(model, "body.relu/output").Name = "nothing", FindingRules.Declarations, "value_info 'nothing': nothing makes it"),
        new("value_info twice", model => model.Graph.ValueInfo.Add(model.Graph.ValueInfo[0].Clone()), FindingRules.GraphNames, "value_info 'stem.conv/output': the name is used twice"),
        new("nodes out of order", model => Swap(model, "body.conv", "body.relu"), FindingRules.GraphOrder, "node 'body.relu': reads 'body.depthwise/output', which is only made later"),
        new("a cycle", model => Node(model, "body.depthwise").Input[0] = "body.add/output", FindingRules.GraphOrder, "node 'body.depthwise': reads 'body.add/output', which is only made later"),
        new("a node that reads itself", model => Node(model, "body.relu").Input[0] = "body.relu/output", FindingRules.GraphOrder, "node 'body.relu': reads 'body.relu/output', which is only made later"),
        new("an input of a node that nothing makes", model => Node(model, "body.relu").Input[0] = "nothing", FindingRules.GraphOrder, "node 'body.relu': reads 'nothing', which nothing makes"),
        new("an input left out", model => Node(model, "body.relu").Input[0] = "", FindingRules.GraphOrder, "node 'body.relu': reads '', which nothing makes"),
        new("a node missing", model => model.Graph.Node.Remove(Node(model, "body.relu")), FindingRules.GraphOrder, "node 'body.average': reads 'body.relu/output', which nothing makes"),
        new("node name twice", model => Node(model, "body.relu").Name = "body.add", FindingRules.GraphNames, "node 'body.add': the name is used twice"),
        new("node without name", model => Node(model, "body.relu").ClearName(), FindingRules.GraphNames, "node 'Relu': expected a name, found none"),
        new("value made twice", model => Node(model, "body.relu").Output[0] = "body.depthwise/output", FindingRules.GraphNames, "value 'body.depthwise/output': the name is used twice"),
        new("value called like a weight", model => Node(model, "body.relu").Output[0] = "body.conv.weight", FindingRules.GraphNames, "value 'body.conv.weight': the name is used twice"),
        new("value without name", model => Node(model, "body.relu").Output[0] = "", FindingRules.GraphNames, "node 'body.relu': expected a name for its value, found none"),
        new("a value that nothing reads", model => Node(model, "body.average").Input[0] = "body.depthwise/output", FindingRules.Unread, "value 'body.relu/output': nothing reads it"),
        new("unknown operator", model => Node(model, "body.relu").OpType = "Celu", FindingRules.UnknownOperator, "node 'body.relu': unknown operator 'Celu'"),
        new("foreign domain", model => Node(model, "body.relu").Domain = "com.microsoft", FindingRules.UnknownOperator, "node 'body.relu': expected ONNX's own operators, found the domain 'com.microsoft'"),
        new("too few inputs", model => Node(model, "body.add").Input.RemoveAt(1), FindingRules.NodePorts, "node 'body.add': expected 2 to 2 inputs of Add, found 1"),
        new("too many inputs", model => Node(model, "body.relu").Input.Add("input"), FindingRules.NodePorts, "node 'body.relu': expected 1 to 1 inputs of Relu, found 2"),
        new("no output of a node", model => Node(model, "body.relu").Output.Clear(), FindingRules.NodePorts, "node 'body.relu': expected 1 output of Relu, found 0"),
        new("two outputs of a node", model => Node(model, "body.relu").Output.Add("more"), FindingRules.NodePorts, "node 'body.relu': expected 1 output of Relu, found 2"),
        new("unknown attribute", model => Node(model, "body.relu").Attribute.Add(new AttributeProto { Name = "alpha" }), FindingRules.NodeAttribute, "node 'body.relu': unexpected attribute 'alpha'"),
        new("attribute twice", model => Node(model, "body.conv").Attribute.Add(Node(model, "body.conv").Attribute[0].Clone()), FindingRules.NodeAttribute, "node 'body.conv': an attribute is given twice"),
        new("attribute of another type", model => Attribute(model, "body.conv", "group").Type = AttributeType.Float, FindingRules.NodeAttribute, "node 'body.conv': expected Int in attribute 'group', found Float or no value"),
        new("attribute without value", model => Attribute(model, "body.conv", "group").ClearI(), FindingRules.NodeAttribute, "node 'body.conv': expected Int in attribute 'group', found Int or no value"),
        new("attribute by reference", model => Attribute(model, "body.conv", "group").RefAttrName = "g", FindingRules.NodeAttribute, "node 'body.conv': expected Int in attribute 'group', found Int or no value"),
        new("attribute not finite", model => Attribute(model, "body.late_norm", "epsilon").F = float.NaN, FindingRules.NodeAttribute, "node 'body.late_norm': expected Float in attribute 'epsilon', found Float or no value"),
        new("a group that does not divide", model => Attribute(model, "body.depthwise", "group").I = 3, FindingRules.Shapes, "node 'body.depthwise': expected a group that divides 4 and 4, found 3"),
        new("a group of zero", model => Attribute(model, "body.depthwise", "group").I = 0, FindingRules.Shapes, "node 'body.depthwise': expected a group that divides 4 and 4, found 0"),
        new("another kernel than the weight's", model => Attribute(model, "body.depthwise", "kernel_shape").Ints[0] = 5, FindingRules.Shapes, "node 'body.depthwise': expected kernel_shape [3, 3], found [5, 3]"),
        new("three strides", model => Attribute(model, "body.depthwise", "strides").Ints.Add(1), FindingRules.Shapes, "node 'body.depthwise': expected 2 numbers from 1 up in 'strides', found [1, 1, 1]"),
        new("a stride of zero", model => Attribute(model, "head.max", "strides").Ints[1] = 0, FindingRules.Shapes, "node 'head.max': expected 2 numbers from 1 up in 'strides', found [2, 0]"),
        new("another stride", model => Attribute(model, "head.max", "strides").Ints[1] = 1, FindingRules.Shapes, "node 'head.linear': expected as many columns as rows, found [N, 96] and [4, 48]"),
        new("negative pads", model => Attribute(model, "head.max", "pads").Ints[0] = -1, FindingRules.Shapes, "node 'head.max': expected 4 numbers from 0 up in 'pads', found [-1, 1, 1, 1]"),
        new("pads as wide as the window", model => Attribute(model, "head.max", "pads").Ints[0] = 3, FindingRules.Shapes, "node 'head.max': expected pads smaller than the kernel"),
        new("a window larger than its input", model => SetInts(model, "body.average", "kernel_shape", 9, 9), FindingRules.Shapes, "node 'body.average': its window is larger than its input [N, 4, 7, 6]"),
        new("a dilation that overflows", model => Node(model, "body.depthwise").Attribute.Add(new AttributeProto { Name = "dilations", Type = AttributeType.Ints, Ints = { 1L << 40, 1 } }), FindingRules.Shapes, "node 'body.depthwise': expected 2 numbers from 1 up in 'dilations', found [1099511627776, 1]"),
        new("training mode", model => Node(model, "body.late_norm").Attribute.Add(new AttributeProto { Name = "training_mode", Type = AttributeType.Int, I = 1 }), FindingRules.Shapes, "node 'body.late_norm': expected training_mode 0"),
        new("another resizing", model => Attribute(model, "attention.scale/factor", "mode").S = ByteString.CopyFromUtf8("cubic"), FindingRules.Shapes, "node 'attention.scale/factor': expected mode 'nearest', found 'cubic'"),
        new("a resizing of a region", model => Node(model, "attention.scale/factor").Input[1] = "attention.scale/factor/scales", FindingRules.Shapes, "node 'attention.scale/factor': expected its region (input 1) to be left out"),
        new("a scale that is no whole number", model => Weight(model, "attention.scale/factor/scales").RawData = Floats(1, 1, 7, 6.5f), FindingRules.Shapes, "node 'attention.scale/factor': expected scales of 1, 1 and two whole numbers from 1 up, found [1, 1, 7, 6.5]"),
        new("a scale of the batch", model => Weight(model, "attention.scale/factor/scales").RawData = Floats(2, 1, 7, 6), FindingRules.Shapes, "node 'attention.scale/factor': expected scales of 1, 1 and two whole numbers from 1 up, found [2, 1, 7, 6]"),
        new("a huge scale", model => Weight(model, "attention.scale/factor/scales").RawData = Floats(1, 1, 7, 3e9f), FindingRules.Shapes, "node 'attention.scale/factor': expected scales of 1, 1 and two whole numbers from 1 up, found [1, 1, 7, 3E+09]"),
        new("scales that are made", model => Node(model, "attention.scale/factor").Input[2] = "attention.sigmoid/output", FindingRules.Shapes, "node 'attention.scale/factor': expected 1 dimensions in input 1, found [N, 4, 1, 1]"),
        new("flatten elsewhere", model => Attribute(model, "head.flatten", "axis").I = 2, FindingRules.Shapes, "node 'head.flatten': expected axis 1 of an input with dimensions, found [N, 4, 4, 3]"),
        new("a Gemm the wrong way round", model => Attribute(model, "head.linear", "transB").I = 0, FindingRules.Shapes, "node 'head.linear': expected as many columns as rows, found [N, 48] and [4, 48]"),
        new("shapes that do not broadcast", model => Node(model, "body.add").Input[1] = "input", FindingRules.Shapes, "node 'body.add': expected shapes that broadcast, found [N, 4, 7, 6] and [N, 2, 7, 6]"),
        new("pooling of a flat value", model => Node(model, "attention.pool").Input[0] = "head.linear.weight", FindingRules.Shapes, "node 'attention.pool': expected 4 dimensions in input 0, found [4, 48]"),
        new("weight missing", model => model.Graph.Initializer.Remove(Weight(model, "body.conv.weight")), FindingRules.GraphOrder, "node 'body.conv': reads 'body.conv.weight', which nothing makes"),
        new("weight twice", model => model.Graph.Initializer.Add(Weight(model, "body.conv.weight").Clone()), FindingRules.GraphNames, "value 'body.conv.weight': the name is used twice"),
        new("weight without name", model => Weight(model, "body.conv.weight").ClearName(), FindingRules.GraphNames, "initializer: expected a name for its value, found none"),
        new("weight that nothing reads", model => Node(model, "body.conv").Input.RemoveAt(2), FindingRules.Unread, "value 'body.conv.bias': nothing reads it"),
        new("weight cut off", model => Truncate(Weight(model, "body.conv.weight"), 40), FindingRules.WeightData, "initializer 'body.conv.weight': its shape [4, 3, 1, 1] takes 48 bytes, found 40"),
        new("weight cut off within a number", model => Truncate(Weight(model, "body.conv.weight"), 47), FindingRules.WeightData, "initializer 'body.conv.weight': its shape [4, 3, 1, 1] takes 48 bytes, found 47"),
        new("weight empty", model => Weight(model, "body.conv.weight").ClearRawData(), FindingRules.WeightData, "initializer 'body.conv.weight': expected its numbers in raw_data or in another file, and nowhere else"),
        new("weight in two places", model => Weight(model, "body.conv.weight").FloatData.Add(1), FindingRules.WeightData, "initializer 'body.conv.weight': expected its numbers in raw_data or in another file, and nowhere else"),
        new("weight of doubles", model => Weight(model, "body.conv.weight").DataType = (int)DataType.Double, FindingRules.ElementTypes, "initializer 'body.conv.weight': expected float, float16, int64, uint8 or bool, found type 11 (double)"),
        new("weight in another file", model => Weight(model, "body.conv.weight").ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../../etc/passwd" }), FindingRules.WeightData, "initializer 'body.conv.weight': expected its numbers in raw_data or in another file, and nowhere else"),
        new("weight declared external", model => Weight(model, "body.conv.weight").DataLocation = DataLocation.External, FindingRules.WeightData, "initializer 'body.conv.weight': expected its numbers in raw_data or in another file, and nowhere else"),
        new("weight in segments", model => Weight(model, "body.conv.weight").Segment = new Segment(), FindingRules.WeightData, "initializer 'body.conv.weight': expected its numbers in raw_data or in another file, and nowhere else"),
        new("weight with other dims", model => Weight(model, "body.conv.weight").Dims[0] = 5, FindingRules.WeightData, "initializer 'body.conv.weight': its shape [5, 3, 1, 1] takes 60 bytes, found 48"),
        new("weight of negative length", model => Weight(model, "body.conv.weight").Dims[0] = -4, FindingRules.WeightData, "initializer 'body.conv.weight': expected at most 8 lengths from 1 up, found [-4, 3, 1, 1]"),
        new("weight of length 0", model => Weight(model, "body.conv.weight").Dims[0] = 0, FindingRules.WeightData, "initializer 'body.conv.weight': expected at most 8 lengths from 1 up, found [0, 3, 1, 1]"),
        new("weight whose size overflows", model => SetDims(Weight(model, "body.conv.weight"), int.MaxValue, int.MaxValue, int.MaxValue), FindingRules.WeightData, "initializer 'body.conv.weight': its shape [2147483647, 2147483647, 2147483647] takes too many bytes, found 48"),
        new("weight with another layout", model => SetDims(Weight(model, "body.conv.weight"), 3, 4, 1, 1), FindingRules.Shapes, "node 'body.conv': expected weights for 3 channels, found [3, 4, 1, 1]"),
        new("bias of another length", model => Shorten(Weight(model, "body.conv.bias"), 2), FindingRules.Shapes, "node 'body.conv': expected [4] in input 2, found [2]"),
        new("weight that is not a number", model => Weight(model, "body.conv.weight").RawData = Floats(1, 1, float.NaN, 1, 1, 1, 1, 1, 1, 1, 1, 1), FindingRules.WeightNumbers, "initializer 'body.conv.weight': expected finite numbers, found another at element 2"),
    ];

    private static Dimension InputDim(ModelProto model, int index) => model.Graph.Input[0].Type.TensorType.Shape.Dim[index];

    private static ValueInfoProto Value(ModelProto model, string name) => model.Graph.ValueInfo.Single(value => value.Name == name);

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);

    private static TensorProto Weight(ModelProto model, string name) => model.Graph.Initializer.Single(tensor => tensor.Name == name);

    private static AttributeProto Attribute(ModelProto model, string node, string name) =>
        Node(model, node).Attribute.Single(attribute => attribute.Name == name);

    private static void SetInts(ModelProto model, string node, string name, params long[] values)
    {
        Attribute(model, node, name).Ints.Clear();
        Attribute(model, node, name).Ints.AddRange(values);
    }

    private static void SetDims(TensorProto tensor, params long[] dims)
    {
        tensor.Dims.Clear();
        tensor.Dims.AddRange(dims);
    }

    private static void Swap(ModelProto model, string left, string right)
    {
        var nodes = model.Graph.Node;
        var (first, second) = (nodes.IndexOf(Node(model, left)), nodes.IndexOf(Node(model, right)));
        (nodes[first], nodes[second]) = (nodes[second], nodes[first]);
    }

    private static void Shorten(TensorProto vector, int length)
    {
        SetDims(vector, length);
        Truncate(vector, length * sizeof(float));
    }

    private static void Truncate(TensorProto tensor, int bytes) => tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..bytes]);

    private static ByteString Floats(params float[] values) => ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
}
