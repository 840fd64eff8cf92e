using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>Checkpoints with weights of no meaning, the same ones for a seed, of a size that keeps values in bounds through the network.</summary>
internal static class RandomCheckpoint
{
    public static Checkpoint Of(SupernetGraph graph, int seed = 7, bool golden = false)
    {
        var random = new Random(seed);
        return new Checkpoint(
            graph,
            graph.Tensors.ToDictionary(tensor => tensor.Name, tensor => Fill(random, tensor)),
            new CheckpointInfo { DataSet = "none", Seed = seed },
            golden ? Golden(graph, random) : null);
    }

    public static float[] Values(Random random, int count, double least = -1, double most = 1)
    {
        var values = new float[count];
        for (var index = 0; index < count; index++)
        {
            values[index] = (float)(least + ((most - least) * random.NextDouble()));
        }

        return values;
    }

    private static float[] Fill(Random random, TensorSpec tensor)
    {
        var count = tensor.FullShape.Aggregate(1, (product, length) => product * length);
        var reach = Math.Sqrt(3.0 * tensor.FullShape[0] / count);
        return tensor.Role switch
        {
            TensorRole.Weight => Values(random, count, -reach, reach),
            TensorRole.Gamma or TensorRole.RunningVariance => Values(random, count, 0.5, 1.5),
            _ => Values(random, count, -0.1, 0.1),
        };
    }

    private static GoldenSamples Golden(SupernetGraph graph, Random random)
    {
        const int Count = 2;
        var pixels = graph.Axis(graph.Input.Channels).Largest * graph.Input.Height * graph.Input.Width;
        return new GoldenSamples(
            Count,
            Values(random, Count * pixels),
            graph.Subnets.ToDictionary(subnet => subnet.Name, _ => Values(random, Count * graph.Classes)),
            graph.Gate is { } gate ? Values(random, Count * gate.Candidates.Count) : null);
    }
}
