using System.CommandLine;
using Slimmable.Models;
using Slimmable.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Slimmable.Cli;

/// <summary><c>slimmable init ARCHITECTURE</c>: an untrained checkpoint, for measuring.</summary>
internal static class InitCommand
{
    private const int GoldenImages = 2;

    public static Command Create()
    {
        var architecture = new Argument<string>("architecture") { Description = $"one of {string.Join(", ", Architectures.Names)}" };
        var output = CommonOptions.Output("the checkpoint to write");
        var seed = CommonOptions.Number("--seed", "where randomness starts", 0L, 0L, long.MaxValue);
        var command = new Verb(
            "init", "Write an untrained checkpoint of a named architecture, for measuring.", "slimmable init ds-mbnet-imagenet --out init.safetensors")
        {
            architecture,
            output,
            seed,
        };
        command.Does((parsed, _) => Run(parsed.GetRequiredValue(architecture), parsed.GetRequiredValue(output), parsed.GetValue(seed)));
        return command;
    }

    private static void Run(string architecture, string output, long seed)
    {
        var graph = Architectures.Build(architecture);
        using var supernet = new Supernet(graph);
        WeightInitializer.Initialize(supernet, seed);
        var input = InputSource.Noise(graph, GoldenImages, seed);
        Calibrate(supernet, input);
        var golden = GoldenRecorder.Record(supernet, input, GoldenImages);
        new Checkpoint(graph, supernet.Weights(), new CheckpointInfo { Seed = seed }, golden).Write(output);
        Console.Out.WriteLine($"{output}: untrained {graph.Name}, {graph.Subnets.Count} subnets");
    }

    /// <summary>
    /// Without statistics of its own, an untrained network's values fade from layer to layer, and neither its answers nor its speed would
    /// be those of a trained one.
    /// </summary>
    private static void Calibrate(Supernet supernet, float[] input)
    {
        var graph = supernet.Graph;
        long[] shape = [GoldenImages, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width];
        BatchNormCalibration.Run(supernet, () => [new Batch(torch.tensor(input, shape), torch.zeros(GoldenImages, ScalarType.Int64))]);
    }
}
