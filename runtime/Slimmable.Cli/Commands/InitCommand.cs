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

    /// <summary>The longest axis that a graph may have.</summary>
    private const int MostClasses = 1 << 20;

    public static Command Create()
    {
        var architecture = new Argument<string>("architecture") { Description = $"one of {string.Join(", ", Architectures.Names)}" };
        var output = CommonOptions.Output("the checkpoint to write");
        var seed = CommonOptions.Number("--seed", "where randomness starts", 0L, 0L, long.MaxValue);
        var classes = CommonOptions.Number("--classes", "the classes it tells apart; 0 for as many as the architecture usually does", 0, 0, MostClasses);
        var command = new Verb(
            "init",
            "Write an untrained checkpoint of a named architecture, for measuring.",
            "slimmable init ds-mbnet-imagenet --out init.safetensors",
            "slimmable init s-mobilenet-v1 --out large.safetensors --classes 611000")
        {
            architecture,
            output,
            seed,
            classes,
        };
        command.Does((parsed, _) => Run(
            parsed.GetRequiredValue(architecture), parsed.GetRequiredValue(output), parsed.GetValue(seed), parsed.GetValue(classes)));
        return command;
    }

    internal static void Run(string architecture, string output, long seed, int classes)
    {
        var graph = Build(architecture, classes);
        using var supernet = new Supernet(graph);
        WeightInitializer.Initialize(supernet, seed);
        var input = InputSource.Noise(graph, GoldenImages, seed);
        Calibrate(supernet, input);
        var golden = GoldenRecorder.Record(supernet, input, GoldenImages);
        CheckpointFile.Write(output, new Untrained(graph, supernet.Values(), new CheckpointInfo { Seed = seed }, golden));
        Console.Out.WriteLine($"{output}: untrained {graph.Name}, {graph.Subnets.Count} subnets");
    }

    private static SupernetGraph Build(string architecture, int classes)
    {
        var usual = Architectures.Build(architecture);
        return classes == 0 ? usual : Architectures.Build(
            architecture, new DataShape(usual.Axis(usual.Input.Channels).Largest, usual.Input.Height, usual.Input.Width, classes));
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

    /// <summary>What is written: the supernet's own tensors, read while they are written, as a large network would not fit twice.</summary>
    private sealed record Untrained(SupernetGraph Graph, IReadOnlyDictionary<string, TensorValues> Tensors, CheckpointInfo Info, GoldenSamples? Golden) : ICheckpoint;
}
