using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Slimmable.Models;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.Benchmarks;

/// <summary>Our side of the comparison: a step of Stage I for every line on standard input, as step.py does it.</summary>
internal static class StepWorker
{
    /// <summary>Answers each line with the seconds a step took and its losses, and at the end with the largest memory ever held.</summary>
    public static void Run(string checkpointPath, string batchPath, int threads)
    {
        torch.set_num_threads(threads);
        var checkpoint = Checkpoint.Read(checkpointPath);
        using var supernet = new Supernet(checkpoint.Graph);
        supernet.Load(checkpoint.Weights);
        var options = new StageOneOptions { Epochs = 1, LearningRate = 0.02, Dropout = false };
        using var average = new MovingAverage(supernet, StageOneOptions.UsualEmaDecay);
        using var optimizer = StageOneOptimizer.Create(supernet, options);
        var step = new StageOneStep(supernet, average.Network, options);
        var batch = ReadBatch(batchPath);
        var drawn = checkpoint.Graph.Routable.Skip(1).Where(subnet => subnet != checkpoint.Graph.Teacher).TakeLast(2).ToList();
        while (Console.In.ReadLine() is not null)
        {
            var start = Stopwatch.GetTimestamp();
            optimizer.zero_grad();
            var losses = step.Run(batch, drawn);
            optimizer.step();
            average.Update(long.MaxValue / 2);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.Out.WriteLine(JsonSerializer.Serialize(new { seconds, losses = losses.Select(loss => loss.Loss) }));
        }

        Console.Out.WriteLine(JsonSerializer.Serialize(new { peakBytes = PeakBytes() }));
    }

    private static Batch ReadBatch(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var labels = file.Int64s("labels");
        return new Batch(torch.tensor(file.Singles("images"), [.. file.Tensors["images"].Shape]), torch.tensor(labels));
    }

    /// <summary>The kernel's own high-water mark; .NET's is that of the moment.</summary>
    private static long PeakBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
