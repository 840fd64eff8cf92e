using Slimmable.Export.Onnx;
using Slimmable.Models;
using static Slimmable.Export.Onnx.TensorProto.Types;

namespace Slimmable.Export.Tests;

public sealed class BakePreprocessingTests
{
    private static readonly Preprocessing Preprocessing = new(0.5, [1, -2], [4, 0.25]);

    [Theory]
    [InlineData(ImageLayout.Nchw, new[] { "Cast", "Mul", "Add", "Conv" }, new long[] { 0, 2, 3, 3 })]
    [InlineData(ImageLayout.Nhwc, new[] { "Transpose", "Cast", "Mul", "Add", "Conv" }, new long[] { 0, 3, 3, 2 })]
    public void Pixels_are_turned_cast_scaled_and_shifted_before_the_first_convolution(ImageLayout layout, string[] operators, long[] shape)
    {
        var graph = Lowered(PlainNetworks.Of([PlainNetworks.Conv("conv", "x", bias: true)], "conv"), layout);

        Assert.Equal(operators, graph.Node.Select(node => node.OpType));
        var input = Assert.Single(graph.Input);
        Assert.Equal(("input", (int)DataType.Uint8), (input.Name, input.Type.TensorType.ElemType));
        Assert.Equal(shape, input.Type.TensorType.Shape.Dim.Select(length => length.DimValue));
        Assert.Equal([0.125f, 2f], Numbers(graph, "x/scaled.factor"));
        Assert.Equal([-0.25f, 8f], Numbers(graph, "x/normalized.term"));
    }

    [Fact]
    public void Whoever_read_the_image_reads_what_becomes_of_it()
    {
        var network = PlainNetworks.Of([PlainNetworks.Pool("pool"), PlainNetworks.Conv("conv", "x", bias: false)], "pool", "conv");

        var graph = Lowered(network, ImageLayout.Nchw);

        Assert.All(graph.Node.Skip(3), node => Assert.Equal("x/normalized/output", node.Input[0]));
    }

    [Fact]
    public void A_network_that_no_image_enters_stays_as_it_is()
    {
        var network = PlainNetworks.Of([PlainNetworks.Pool("pool")], "pool");
        var tail = network with { Inputs = [network.Inputs[0] with { Name = "features" }] };

        Assert.Same(tail, BakePreprocessing.Apply(tail, Preprocessing, ImageLayout.Nhwc));
    }

    private static GraphProto Lowered(PlainNetwork network, ImageLayout layout) => OnnxLowering.Lower(BakePreprocessing.Apply(network, Preprocessing, layout));

    private static float[] Numbers(GraphProto graph, string name) => System.Runtime.InteropServices.MemoryMarshal
        .Cast<byte, float>(graph.Initializer.Single(tensor => tensor.Name == name).RawData.Span).ToArray();
}
