using Google.Protobuf;
using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.TensorProto.Types;
using static Slimmable.Export.OnnxParts;

namespace Slimmable.Export.Tests;

/// <summary>Graphs that take raw pixels, or compute in 16 bits: what the checker follows beyond float32.</summary>
public sealed class ElementTypeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Raw_pixels_channels_last_are_followed_to_half_precision_and_back()
    {
        var model = Pixels();

        Assert.Empty(Check(model));
        PythonOnnx.Check([folder.File("model.onnx")]);
    }

    [Fact]
    public void Types_that_do_not_meet_are_found()
    {
        var model = Pixels();
        model.Graph.Node.Single(node => node.Name == "half").Attribute[0].I = (int)DataType.Float;

        Assert.Equal("model.onnx: SLIM309: node 'conv': expected float in input 1, found float16", $"{Check(model)[0]}");
    }

    [Fact]
    public void A_half_that_is_not_finite_is_found()
    {
        var model = Pixels();
        model.Graph.Initializer.Single(tensor => tensor.Name == "weight").RawData = ByteString.CopyFrom([0, 0x3C, 0, 0x3C, 0, 0x7C, 0, 0x3C, 0, 0x3C, 0, 0x3C]);

        Assert.Equal(FindingRules.WeightNumbers.At("model.onnx", "initializer 'weight': expected finite numbers, found another at element 2"), Assert.Single(Check(model)));
    }

    [Theory]
    [InlineData(new long[] { 0, -1 }, "[N, 24]")]
    [InlineData(new long[] { -1, 24 }, "[N, 24]")]
    [InlineData(new long[] { 0, 2, -1 }, "[N, 2, 12]")]
    [InlineData(new long[] { 0, 3, 2, 4 }, "[N, 3, 2, 4]")]
    public void A_new_shape_is_worked_out_with_its_open_length(long[] wanted, string shape)
    {
        var model = Reshaped(wanted);

        Assert.Equal($"model.onnx: SLIM311: output 'output': expected float {shape} of its value, found float [N, 1]", $"{Check(model).Single()}");
    }

    [Theory]
    [InlineData(new long[] { 0, 23 }, "expected as many elements as in [N, 2, 3, 4], found [N, 23]")]
    [InlineData(new long[] { 24 }, "expected as many elements as in [N, 2, 3, 4], found [24]")]
    [InlineData(new long[] { -1 }, "expected a part of [N, 2, 3, 4], found [1] and an open length")]
    [InlineData(new long[] { 0, -1, -1 }, "expected a part of [N, 2, 3, 4], found [N, 1, -1] and an open length")]
    [InlineData(new long[] { 0, 5, -1 }, "expected a part of [N, 2, 3, 4], found [N, 5, 1] and an open length")]
    public void A_new_shape_that_cannot_be_is_found(long[] wanted, string message) =>
        Assert.Equal(FindingRules.Shapes.At("model.onnx", $"node 'reshape': {message}"), Check(Reshaped(wanted))[0]);

    private static ModelProto Reshaped(long[] wanted)
    {
        var graph = new GraphProto { Name = "reshape" };
        graph.Input.Add(Value("input", "N", [2, 3, 4]));
        graph.Initializer.Add(Tensor("wanted", [wanted.Length], wanted));
        graph.Node.Add(Node("Reshape", "reshape", ["input", "wanted"], "output"));
        graph.Output.Add(Value("output", "N", [1]));
        return OnnxModel.Of(graph, "test", "1");
    }

    /// <summary>uint8 [N, 4, 5, 3] to float, to channels first, scaled and shifted, to float16, a convolution, to float.</summary>
    private static ModelProto Pixels()
    {
        var graph = new GraphProto { Name = "pixels" };
        graph.Input.Add(Value("pixels", DataType.Uint8, Dimension("N"), Dimension(4), Dimension(5), Dimension(3)));
        graph.Node.Add(Node("Cast", "float", ["pixels"], "float", Integer("to", (int)DataType.Float)));
        graph.Node.Add(Node("Transpose", "first", ["float"], "first", Integers("perm", 0, 3, 1, 2)));
        graph.Initializer.Add(Tensor(new PlainTensor("scale", [3, 1, 1], [1, 2, 3])));
        graph.Initializer.Add(Tensor(new PlainTensor("mean", [3, 1, 1], [1, 2, 3])));
        graph.Node.Add(Node("Mul", "scaled", ["first", "scale"], "scaled"));
        graph.Node.Add(Node("Sub", "shifted", ["scaled", "mean"], "shifted"));
        graph.Node.Add(Node("Cast", "half", ["shifted"], "half", Integer("to", (int)DataType.Float16)));
        graph.Initializer.Add(new TensorProto
        {
            Name = "weight",
            DataType = (int)DataType.Float16,
            Dims = { 2, 3, 1, 1 },
            RawData = ByteString.CopyFrom([0, 0x3C, 0, 0x3C, 0, 0x3C, 0, 0x3C, 0, 0x3C, 0, 0x3C]),
        });
        graph.Node.Add(Node("Conv", "conv", ["half", "weight"], "conv", Integers("kernel_shape", 1, 1)));
        graph.ValueInfo.Add(Value("conv", DataType.Float16, Dimension("N"), Dimension(2), Dimension(4), Dimension(5)));
        graph.Node.Add(Node("Cast", "output", ["conv"], "output", Integer("to", (int)DataType.Float)));
        graph.Output.Add(Value("output", "N", [2, 4, 5]));
        return OnnxModel.Of(graph, "test", "1");
    }

    private IReadOnlyList<Finding> Check(ModelProto model)
    {
        File.WriteAllBytes(folder.File("model.onnx"), model.ToByteArray());
        return ModelChecker.Check(folder.File("model.onnx"));
    }
}
