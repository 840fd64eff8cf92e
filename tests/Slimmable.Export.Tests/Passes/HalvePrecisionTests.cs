using System.Runtime.InteropServices;
using Slimmable.Models;
using static Slimmable.Export.Onnx.TensorProto.Types;

namespace Slimmable.Export.Tests;

public sealed class HalvePrecisionTests
{
    [Fact]
    public void Weights_and_values_are_halved_and_the_outside_is_not()
    {
        var network = PlainNetworks.Of([PlainNetworks.Conv("conv", "x", bias: true), PlainNetworks.Relu("relu", "conv")], "relu");

        var graph = OnnxLowering.Lower(HalvePrecision.Apply(network));

        Assert.Equal(["Cast", "Conv", "Relu", "Cast"], graph.Node.Select(node => node.OpType));
        Assert.Equal(["x/float16", "conv", "relu", "relu/float32"], graph.Node.Select(node => node.Name));
        Assert.All(graph.Input.Concat(graph.Output), port => Assert.Equal((int)DataType.Float, port.Type.TensorType.ElemType));
        Assert.All(graph.ValueInfo, value => Assert.Equal((int)DataType.Float16, value.Type.TensorType.ElemType));
        var weight = ((PlainConv)network.Nodes[0]).Weight.Values.ToArray();
        var stored = graph.Initializer.Single(tensor => tensor.Name == "conv.weight");
        Assert.Equal((int)DataType.Float16, stored.DataType);
        Assert.Equal(weight.Select(value => (Half)value), MemoryMarshal.Cast<byte, Half>(stored.RawData.Span).ToArray());
    }

    [Fact]
    public void Means_over_pixels_and_normalization_stay_as_they_are()
    {
        var network = PlainNetworks.Of(
            [PlainNetworks.Conv("conv", "x", bias: true), PlainNetworks.Relu("relu", "conv"), PlainNetworks.Norm("norm", "relu"), PlainNetworks.Pool("pool")], "norm", "pool");

        var graph = OnnxLowering.Lower(HalvePrecision.Apply(network));

        Assert.Equal(["x/float16", "conv", "relu", "relu/float32", "norm", "pool"], graph.Node.Select(node => node.Name));
        Assert.Equal("relu/float32/output", graph.Node[4].Input[0]);
        Assert.Equal("input", graph.Node[5].Input[0]);
        Assert.All(graph.Initializer.Where(tensor => tensor.Name.StartsWith("norm.", StringComparison.Ordinal)), tensor => Assert.Equal((int)DataType.Float, tensor.DataType));
    }

    [Fact]
    public void A_value_is_cast_once_for_all_that_read_it()
    {
        var network = PlainNetworks.Of([PlainNetworks.Conv("left", "x", bias: true), PlainNetworks.Conv("right", "x", bias: true)], "left", "right");

        var halved = HalvePrecision.Apply(network);

        Assert.Equal(["x/float16", "left", "right", "left/float32", "right/float32"], halved.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_weight_beyond_16_bits_is_refused_by_name()
    {
        float[] bias = [0, 65504, -65504];
        var conv = PlainNetworks.Conv("conv", "x", bias: true) with { Bias = new PlainTensor("conv.bias", [3], bias) };
        void Lower() => OnnxLowering.Lower(HalvePrecision.Apply(PlainNetworks.Of([conv], "conv")));
        Lower();
        bias[1] = -70000;

        var fault = Assert.Throws<SlimmableException>(Lower);

        Assert.Equal("graph 'test', tensor 'conv.bias': expected numbers from -65504 to 65504, as float16 holds, found -70000 at element 1", fault.Message);
    }
}
