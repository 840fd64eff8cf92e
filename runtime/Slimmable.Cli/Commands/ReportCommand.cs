using System.CommandLine;
using Slimmable.Models;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.Cli;

/// <summary><c>slimmable report CHECKPOINT</c>: the page that training wrote, anew.</summary>
internal static class ReportCommand
{
    private const int Batch = 250;

    public static Command Create()
    {
        var checkpoint = CommonOptions.Checkpoint();
        var output = new Option<string?>("--out") { Description = "the page to write (.html); default: NAME.report.html beside the checkpoint" };
        var (dataSet, data, threads) = (CommonOptions.DataSet(), CommonOptions.Data(), CommonOptions.Threads());
        var command = new Verb(
            "report",
            "Write a checkpoint's report anew: one HTML file with charts, the easiest and hardest test images, and the recipe. The charts of the training "
                + "need the NAME.metrics.jsonl beside the checkpoint.",
            "slimmable report fashion.safetensors",
            "slimmable report shoes.safetensors --data-set shoes-test.safetensors --out shoes.html")
        {
            checkpoint,
            output,
            dataSet,
            data,
            threads,
        };
        command.Does((parsed, cancellation) =>
        {
            torch.set_num_threads(parsed.GetValue(threads));
            Run(parsed.GetRequiredValue(checkpoint), parsed.GetValue(output), parsed.GetValue(dataSet), parsed.GetValue(data), cancellation);
        });
        return command;
    }

    private static void Run(string path, string? output, string? dataSet, string? folder, CancellationToken cancellation)
    {
        var checkpoint = Checkpoint.Read(path);
        var metrics = MetricsFile.Read(RunFiles.Metrics(path));
        var data = TestData.Load(path, dataSet, checkpoint.Info.DataSet, folder, checkpoint.Graph.Classes, checkpoint.Info.Labels);
        var page = output ?? RunFiles.Report(path);
        OutputFile.RequireWritable(page);
        using var supernet = new Supernet(checkpoint.Graph);
        supernet.Load(checkpoint.Weights);
        supernet.CheckFits(data);
        var report = ConsoleProgress.Run(progress =>
        {
            // Measured anew: the checkpoint's own accuracy may be of other images, or not there yet.
            progress.PhaseStarted("evaluation", (data.Test.Count + Batch - 1) / Batch);
            var batches = new BatchSource(data.Test, checkpoint.Info.Preprocessing ?? data.Preprocessing, Batch);
            var info = checkpoint.Info with { Accuracy = Evaluator.Run(supernet, batches, checkpoint.Info.OperatingPoints, progress.StepDone, cancellation) };
            progress.PhaseStarted("report", ReportCollector.StepsFor(data));
            return ReportCollector.Collect(supernet, info, data, metrics, progress.StepDone, cancellation);
        });
        ReportPage.Write(page, report);
        Console.Out.WriteLine(page);
    }
}
