using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.EndToEnd.Tests;

/// <summary>A tiny network from nothing to a loaded bundle, made once.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private static readonly Recipe Recipe = new()
    {
        Name = "tiny",
        Architecture = "ds-mbnet-fashion-quick",
        DataSet = new NamedSource("tiny"),
        Seed = 5,
        StageOne = new() { Epochs = 2, StepsPerEpoch = 15, BatchSize = 32, LearningRate = 0.1, RandomSubnets = 1, EmaDecay = 0.9 },
        Calibration = new CalibrationOptions(Batches: 4),
        StageTwo = new() { Epochs = 1, StepsPerEpoch = 4, BatchSize = 32, LearningRate = 0.1 },
    };

    private readonly TemporaryFolder folder = new();

    public TrainedNetwork()
    {
        torch.set_num_threads(2);
        AsTrained = new TrainingRun(Recipe, "{}", Data, folder.File("tiny.safetensors"), new Silence()).Run();
        Checkpoint = EvenGate.In(Checkpoint.Read(folder.File("tiny.safetensors")));
        Bundle = folder.File("bundle");
        BundleExporter.Export(Checkpoint, Bundle, new ExportOptions { Full = true });
        Model = SlimmableModel.Load(Bundle, new ModelOptions { Threads = 2 });
    }

    internal DataSet Data { get; } = TinyData.Of(train: 512, test: 300);

    internal Checkpoint AsTrained { get; }

    /// <summary>As trained, with a gate that sends images different ways.</summary>
    internal Checkpoint Checkpoint { get; }

    /// <summary>The folder of the exported <see cref="Checkpoint"/>.</summary>
    internal string Bundle { get; }

    /// <summary>The report that training wrote.</summary>
    internal string Report => folder.File("tiny.report.html");

    internal SlimmableModel Model { get; }

    /// <summary>The first test images as input.</summary>
    internal float[] Input(int count)
    {
        var pixels = Data.Test.Take(count).Pixels;
        var input = new float[pixels.Length];
        Data.Preprocessing.Apply(pixels, Data.Test.PixelsPerChannel, input);
        return input;
    }

    public void Dispose()
    {
        Model.Dispose();
        folder.Dispose();
    }
}
