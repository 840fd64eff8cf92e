using System.CommandLine;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary><c>slimmable demo</c>: the released network from checkpoint to routed answers.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<string>("--checkpoint")
        {
            Description = "the checkpoint",
            DefaultValueFactory = _ => Path.Combine("models", "zoo", "fashion-mnist", "model.safetensors"),
        };
        var output = new Option<string>("--out") { Description = "the bundle's folder", DefaultValueFactory = _ => Path.Combine("artifacts", "demo", "fashion-mnist") };
        var data = CommonOptions.Data();
        var command = new Command("demo", "Export the released Fashion-MNIST network, validate the bundle, and route the 10,000 test images.")
        {
            checkpoint,
            output,
            data,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Run(parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(output), parsed.GetValue(data), cancellation)));
        return command;
    }

    private static int Run(string checkpointPath, string folder, string? dataFolder, CancellationToken cancellation)
    {
        Console.Out.WriteLine($"exporting {checkpointPath} to {folder}");
        var checkpoint = Checkpoint.Read(checkpointPath);
        BundleExporter.Export(checkpoint, folder, new ExportOptions { Full = true }, cancellation: cancellation);

        Console.Out.WriteLine("validating: hashes, structure, golden samples of the trainer");
        var validation = BundleValidator.Run(folder, GoldenReport.DefaultTolerance, cancellation);
        if (validation.Checks.FirstOrDefault(check => !check.Passed) is { } fault)
        {
            throw new SlimmableException($"{fault.File}: {fault.Check}: {fault.Detail}");
        }

        var data = FashionMnist.Load(dataFolder);
        Console.Out.WriteLine($"routing {data.Test.Count} test images");
        using var model = SlimmableModel.Load(folder, new ModelOptions { Threads = 1, LoadStandalone = true }, cancellation);
        var accuracy = BundleEvaluator.Run(model, data.Test, checkpoint.Info.Preprocessing ?? data.Preprocessing, cancellation);
        var timing = new Benchmark(model, InputSource.Take(model.Manifest, data, data.Test.Count), batch: 1, runs: 1_000).Run(threads: 1, cancellation);
        Print(accuracy, timing);
        return 0;
    }

    private static void Print(EvaluateAnswer accuracy, BenchAnswer timing)
    {
        var rows = accuracy.Subnets.Zip(timing.Subnets, (score, time) => new[]
        {
            score.Name,
            Tables.Percent(score.Top1),
            Tables.Millions(score.MAdds),
            Tables.Microseconds(time.MedianUs),
            AccuracyTable.Share(accuracy.Routed, score.Name),
        });
        if (accuracy.Routed is { } routed)
        {
            rows = rows.Append(["routed", Tables.Percent(routed.Top1), Tables.Millions(routed.MeanMAdds), Tables.Microseconds(timing.Routed!.MeanUs), "100.00"]);
        }

        Tables.Print("Fashion-MNIST, 10,000 test images, batch 1, one thread", ["subnet", "top-1 %", "M MAdds", "us / image", "share %"], rows);
    }
}
