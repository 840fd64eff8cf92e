using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>
/// A small network with weights of no meaning whose gate nevertheless picks every width for some of the inputs: without biases and means it is close to
/// homogeneous, so its answers follow the mix of the input's channels.
/// </summary>
internal static class SampleNetwork
{
    /// <summary>Found by trying: with these, four of the sixteen inputs go to each width.</summary>
    private const int Seed = 4;
    private const double Gain = 2.4;
    private const int InputSeed = 9;

    public const int Inputs = 16;

    public static SupernetGraph Graph { get; } = Architectures.Build("ds-mbnet-mini");

    /// <summary>The same network and no gate.</summary>
    public static SupernetGraph GraphWithoutGate { get; } = SupernetGraph.Create(Graph.Definition with
    {
        Gates = [],
        Nodes = [.. Graph.Nodes.Where(node => !node.Name.StartsWith("gate.", StringComparison.Ordinal))],
    });

    /// <summary>The inputs, <c>[16, 3, 64, 64]</c>: noise on a colour of their own.</summary>
    public static float[] Input { get; } = MakeInput();

    public static int InputLength => Input.Length / Inputs;

    public static ReadOnlySpan<float> InputRow(int row) => Input.AsSpan(row * InputLength, InputLength);

    public static void Export(
        string folder,
        SupernetGraph? graph = null,
        GoldenSamples? golden = null,
        bool full = true,
        bool routed = false,
        BundleLayout layout = BundleLayout.SharedTrunk,
        IReadOnlyList<OperatingPoint>? points = null,
        long mostInlineBytes = long.MaxValue) => BundleExporter.Export(
            Checkpoint(graph ?? Graph, golden, points),
            folder,
            new ExportOptions { Full = full, Routed = routed, Layout = layout, MostInlineBytes = mostInlineBytes });

    public static Checkpoint Checkpoint(SupernetGraph graph, GoldenSamples? golden, IReadOnlyList<OperatingPoint>? points)
    {
        var random = new Random(Seed);
        return new(graph, graph.Tensors.ToDictionary(tensor => tensor.Name, tensor => Fill(tensor, random)), new CheckpointInfo { OperatingPoints = points }, golden);
    }

    private static float[] Fill(TensorSpec tensor, Random random)
    {
        var values = new float[tensor.FullShape.Aggregate(1, (product, length) => product * length)];
        switch (tensor.Role)
        {
            case TensorRole.Weight:
                var reach = Gain * Math.Sqrt(3.0 * tensor.FullShape[0] / values.Length);
                for (var index = 0; index < values.Length; index++)
                {
                    values[index] = (float)(((2 * random.NextDouble()) - 1) * reach);
                }

                break;
            case TensorRole.Gamma or TensorRole.RunningVariance:
                Array.Fill(values, 1);
                break;
            default:
                break;
        }

        return values;
    }

    private static float[] MakeInput()
    {
        const int Channels = 3;
        const int Pixels = 64 * 64;
        var random = new Random(InputSeed);
        var input = new float[Inputs * Channels * Pixels];
        foreach (var plane in input.Chunk(Pixels).Index())
        {
            var level = (2 * random.NextSingle()) - 1;
            for (var pixel = 0; pixel < Pixels; pixel++)
            {
                input[(plane.Index * Pixels) + pixel] = level + (random.NextSingle() / 2);
            }
        }

        return input;
    }
}
