using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>Plain networks of a few nodes.</summary>
internal static class PlainNetworks
{
    /// <summary>A network over one input <c>x</c> of shape <c>[2, 3, 3]</c>.</summary>
    public static PlainNetwork Of(IReadOnlyList<PlainNode> nodes, params IReadOnlyList<string> outputs) => new(
        "test",
        [new Port("input", "x", [2, 3, 3])],
        nodes,
        [.. outputs.Select((output, index) => new Port($"output_{index}", output, nodes.Single(node => node.Name == output).Shape))]);

    /// <summary>A 3x3 convolution from 2 channels to 3 that keeps the size, with random weights.</summary>
    public static PlainConv Conv(string name, string input, bool bias)
    {
        var random = new Random(1);
        var weight = Tensor(random, $"{name}.weight", 3, 2, 3, 3);
        return new PlainConv(name, [input], [3, 3, 3], weight, bias ? Tensor(random, $"{name}.bias", 3) : null, Groups: 1, Stride: 1, Padding: 1);
    }

    /// <summary>A 1x1 convolution of one pixel with random weights.</summary>
    public static PlainConv Pointwise(string name, string input, int from, int to)
    {
        var random = new Random(4);
        return new PlainConv(
            name, [input], [to, 1, 1], Tensor(random, $"{name}.weight", to, from, 1, 1), Tensor(random, $"{name}.bias", to), Groups: 1, Stride: 1, Padding: 0);
    }

    /// <summary>The mean of each of the input's channels.</summary>
    public static PlainGlobalAveragePool Pool(string name) => new(name, ["x"], [2, 1, 1]);

    /// <summary>Batch normalization of 3 channels with random numbers.</summary>
    public static PlainBatchNorm Norm(string name, string input)
    {
        var random = new Random(2);
        return new PlainBatchNorm(
            name,
            [input],
            [3, 3, 3],
            Tensor(random, $"{name}.weight", 3),
            Tensor(random, $"{name}.bias", 3),
            Tensor(random, $"{name}.running_mean", 3),
            new PlainTensor($"{name}.running_var", [3], RandomCheckpoint.Values(random, 3, 0.01, 2)),
            Epsilon: 1e-3);
    }

    public static PlainActivation Relu(string name, string input) => new(name, [input], [3, 3, 3], ActivationKind.Relu);

    public static PlainIdentity Identity(string name, string input, params int[] shape) => new(name, [input], shape.Length == 0 ? [3, 3, 3] : shape);

    /// <summary>Lowers both and compares their answers to one input.</summary>
    public static void AssertSameAnswers(PlainNetwork expected, PlainNetwork found)
    {
        var (left, right) = (Answers(expected), Answers(found));
        Assert.Equal(left.Keys, right.Keys);
        foreach (var name in left.Keys)
        {
            Assert.Contains(left[name].Values, value => Math.Abs(value) > 1e-2);
            Assert.All(left[name].Values.Zip(right[name].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    private static Dictionary<string, Volume> Answers(PlainNetwork network)
    {
        var input = Volume.Of(network.Inputs[0].Shape, RandomCheckpoint.Values(new Random(3), 18));
        return new OnnxReference(OnnxModel.Of(OnnxLowering.Lower(network), "test", "1")).Run(input);
    }

    private static PlainTensor Tensor(Random random, string name, params int[] shape) =>
        new(name, shape, RandomCheckpoint.Values(random, shape.Aggregate(1, (product, length) => product * length)));
}
