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
        var command = new Verb(
            "demo",
            "Export the released Fashion-MNIST network, validate the bundle, and route the 10,000 test images.",
            "slimmable demo",
            "slimmable demo --checkpoint fashion.safetensors --out fashion-bundle")
        {
            checkpoint,
            output,
            data,
        };
        command.Does((parsed, cancellation) =>
            Run(parsed.GetRequiredValue(checkpoint), parsed.GetRequiredValue(output), parsed.GetValue(data), cancellation));
        return command;
    }

    private static void Run(string checkpointPath, string folder, string? dataFolder, CancellationToken cancellation)
    {
        Console.Out.WriteLine($"exporting {checkpointPath} to {folder}");
        var checkpoint = Checkpoint.Read(checkpointPath);
        BundleExporter.Export(checkpoint, folder, new ExportOptions { Full = true }, cancellation: cancellation);

        Console.Out.WriteLine("validating: hashes, structure, golden samples of the trainer");
        BundleValidator.Require(folder, BundleValidator.Run(folder, tolerance: null, cancellation));

        var data = IdxDataSets.FashionMnist.Load(dataFolder);
        Console.Out.WriteLine($"routing {data.Test.Count} test images");
        using var models = OperatingModels.Load(folder, new ModelOptions { Threads = 1, LoadStandalone = true }, cancellation);
        var accuracy = BundleEvaluator.Run(models, data.Test, checkpoint.Info.Preprocessing ?? data.Preprocessing, cancellation);
        var timing = new Benchmark(models, InputSource.Take(models.Default.Manifest, data, data.Test.Count), batch: 1, runs: 1_000).Run(threads: 1, cancellation);
        Print($"{data.Name}, {data.Test.Count} test images, batch 1, one thread", accuracy, timing);
    }

    private static void Print(string title, EvaluateAnswer accuracy, BenchAnswer timing)
    {
        var rows = accuracy.Subnets.Zip(timing.Subnets, (score, time) => (string[])
        [
            score.Name,
            Tables.Percent(score.Top1),
            Tables.Millions(score.MAdds),
            Tables.Microseconds(time.MedianUs),
            .. accuracy.Routed.Select(routed => AccuracyTable.Share(routed, score.Name)),
        ]);
        var routes = accuracy.Routed.Zip(timing.Routed, (routed, time) => (string[])
        [
            AccuracyTable.RoutedName(routed.TargetCost),
            Tables.Percent(routed.Top1),
            Tables.Millions(routed.MeanMAdds),
            Tables.Microseconds(time.MeanUs),
            .. accuracy.Routed.Select(_ => string.Empty),
        ]);
        Tables.Print(title, ["subnet", "top-1 %", "M MAdds", "us / image", .. accuracy.Routed.Select(AccuracyTable.ShareTitle)], rows.Concat(routes));
    }
}
