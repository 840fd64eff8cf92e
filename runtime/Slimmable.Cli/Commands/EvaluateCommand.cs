using System.CommandLine;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.Cli;

/// <summary><c>slimmable evaluate MODEL</c>: accuracy of every subnet and of the routed network on the test set.</summary>
internal static class EvaluateCommand
{
    private const int Batch = 250;

    public static Command Create()
    {
        var model = CommonOptions.CheckpointOrBundle();
        var dataSet = CommonOptions.DataSet();
        var (data, threads, json) = (CommonOptions.Data(), CommonOptions.Threads(), CommonOptions.Json());
        var command = new Verb(
            "evaluate",
            "Measure every subnet and the routed network on the whole test set: a checkpoint in the trainer, a bundle in ONNX Runtime.",
            "slimmable evaluate models/zoo/fashion-mnist/model.safetensors",
            "slimmable evaluate fashion-bundle --threads 1 --json",
            "slimmable evaluate shoes.safetensors --data-set shoes-test.safetensors")
        {
            model,
            dataSet,
            data,
            threads,
            json,
        };
        command.Does((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(model);
            var (name, folder, count) = (parsed.GetValue(dataSet), parsed.GetValue(data), parsed.GetValue(threads));
            var answer = Directory.Exists(path)
                ? OfBundle(path, name, folder, count, cancellation)
                : OfCheckpoint(path, name, folder, count, cancellation);
            Answer.Print(parsed.GetValue(json), answer, AnswerJson.Default.EvaluateAnswer, () => AccuracyTable.Print(path, answer));
        });
        return command;
    }

    private static EvaluateAnswer OfBundle(string path, string? dataSet, string? folder, int threads, CancellationToken cancellation)
    {
        using var models = OperatingModels.Load(path, new ModelOptions { Threads = threads }, cancellation);
        var manifest = models.Default.Manifest;
        var data = TestData.Load(path, dataSet, manifest.DataSet, folder, manifest.Logits.Shape[0], manifest.Labels);
        InputSource.CheckShape(manifest, data);
        return BundleEvaluator.Run(models, data.Test, manifest.Preprocessing ?? data.Preprocessing, cancellation);
    }

    private static EvaluateAnswer OfCheckpoint(string path, string? dataSet, string? folder, int threads, CancellationToken cancellation)
    {
        var checkpoint = Checkpoint.Read(path);
        var data = TestData.Load(path, dataSet, checkpoint.Info.DataSet, folder, checkpoint.Graph.Classes, checkpoint.Info.Labels);
        torch.set_num_threads(threads);
        using var supernet = new Supernet(checkpoint.Graph);
        supernet.Load(checkpoint.Weights);
        supernet.CheckFits(data);
        var batches = new BatchSource(data.Test, checkpoint.Info.Preprocessing ?? data.Preprocessing, Batch);
        var report = ConsoleProgress.Run(progress =>
        {
            progress.PhaseStarted("evaluation", (data.Test.Count + Batch - 1) / Batch);
            return Evaluator.Run(supernet, batches, checkpoint.Info.OperatingPoints, progress.StepDone, cancellation);
        });
        return AccuracyTable.Answer(checkpoint.Graph, report);
    }
}
