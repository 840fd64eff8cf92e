using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.Networks;

/// <summary>Nodes that no family here uses yet, on numbers that can be worked out by hand.</summary>
public class NodeInterpreterTests
{
    [Theory]
    [InlineData(ActivationKind.Relu, -1, 0)]
    [InlineData(ActivationKind.Relu, 2, 2)]
    [InlineData(ActivationKind.Swish, 1, 0.7310586)]
    [InlineData(ActivationKind.HardSwish, 1, 0.6666667)]
    [InlineData(ActivationKind.HardSwish, -4, 0)]
    [InlineData(ActivationKind.Sigmoid, 0, 0.5)]
    public void Activations(ActivationKind kind, float input, float expected) =>
        Assert.Equal(expected, Run(graph => graph.Activation("x", graph.Input, kind), [input, 0, 0, 0])[0], 1e-6f);

    [Fact]
    public void Average_pooling_counts_the_padding() =>
        Assert.Equal([1 / 4f, 2 / 4f, 3 / 4f, 4 / 4f], Run(graph => graph.Add(new AveragePoolNode("x", graph.Input, 2, 2, 1)), [1, 2, 3, 4]));

    [Fact]
    public void Max_pooling_never_picks_the_padding() =>
        Assert.Equal([-1f, -2f, -3f, -4f], Run(graph => graph.Add(new MaxPoolNode("x", graph.Input, 2, 2, 1)), [-1, -2, -3, -4]));

    [Fact]
    public void Add_and_multiply() => Assert.Equal(
        [2f, 12f, 36f, 80f],
        Run(
            graph =>
            {
                var sum = graph.Add(new AddNode("sum", graph.Input, graph.Input));
                var square = graph.Add(new MultiplyNode("square", sum, graph.Input));
                return graph.Add(new MultiplyNode("x", square, graph.Input));
            },
            [1, 2, 3, 4]).Select((value, index) => value / (index switch { 0 => 1f, 1 => 16f / 12, 2 => 54f / 36, _ => 128f / 80 })));

    /// <summary>Appends a classifier that copies, so that the value of one node comes out as logits.</summary>
    private static float[] Run(Func<GraphBuilder, string> node, float[] input)
    {
        var builder = new GraphBuilder("one-node", channels: 1, height: 2, width: 2);
        var value = builder.Add(new FlattenNode("flat", node(builder)));
        value = builder.Add(new LinearNode("copy", value, builder.InputChannels, builder.Axis("classes", 4)));
        builder.Subnet("only", routable: true, _ => 0);
        using var supernet = new Supernet(builder.Build(value));
        var identity = new float[16];
        for (var index = 0; index < 4; index++)
        {
            identity[(index * 4) + index] = 1;
        }

        supernet.Load(new Dictionary<string, float[]> { ["copy.weight"] = identity, ["copy.bias"] = new float[4] });
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        long[] shape = [1, 1, 2, 2];
        return supernet.Logits(torch.tensor(input, shape), supernet.Graph.Routable[0], ForwardMode.Inference).data<float>().ToArray();
    }
}
