using System.CommandLine;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.Cli;

/// <summary><c>slimmable train RECIPE</c>: Stage I, recalibration, Stage II, evaluation.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var recipe = new Argument<string>("recipe") { Description = "a recipe (.json)" };
        var output = new Option<string?>("--out") { Description = "the checkpoint to write; default: the recipe's name in the present folder" };
        var resume = new Option<bool>("--resume") { Description = "go on from where a run with the same recipe, data and --out stopped or was killed" };
        var from = new Option<string?>("--from") { Description = "a checkpoint whose supernet is taken as it is; only the gate is trained, by the recipe's stage two" };
        var saveEvery = CommonOptions.Number("--save-every", "seconds between two saved states to resume from; 0: after every step", 60, 0, 86_400);
        var (data, threads) = (CommonOptions.Data(), CommonOptions.Threads());
        var command = new Verb(
            "train",
            "Train a supernet and its gate by a recipe. Ctrl-C stops it and leaves a usable checkpoint; --resume goes on.",
            "slimmable train models/recipes/fashion-mnist-quick.json",
            "slimmable train models/recipes/fashion-mnist.json --out fashion.safetensors --threads 2",
            "slimmable train models/recipes/fashion-mnist.json --out fashion.safetensors --threads 2 --resume")
        {
            recipe,
            output,
            data,
            threads,
            resume,
            from,
            saveEvery,
        };
        command.Does((parsed, cancellation) => Run(
            new Request(
                parsed.GetRequiredValue(recipe),
                parsed.GetValue(output),
                parsed.GetValue(data),
                parsed.GetValue(threads),
                parsed.GetValue(resume),
                parsed.GetValue(from),
                TimeSpan.FromSeconds(parsed.GetValue(saveEvery))),
            cancellation));
        return command;
    }

    private static void Run(Request request, CancellationToken cancellation)
    {
        var recipe = RecipeFile.Read(request.Recipe);
        var output = request.Output ?? Path.GetFileName($"{recipe.Name}.safetensors");
        var data = recipe.DataSet.Load(request.Data, Path.GetDirectoryName(request.Recipe) ?? string.Empty);
        OutputFile.RequireWritable(output);
        torch.set_num_threads(request.Threads);
        try
        {
            var checkpoint = ConsoleProgress.Run(progress =>
                new TrainingRun(recipe, File.ReadAllText(request.Recipe), data, output, progress) { Resume = request.Resume, From = request.From, SaveInterval = request.SaveInterval }
                    .Run(cancellation));
            AccuracyTable.Print($"{output}: {recipe.Name}, {data.Name} test set", AccuracyTable.Answer(checkpoint.Graph, checkpoint.Info.Accuracy!));
        }
        catch (OperationCanceledException fault)
        {
            throw new StoppedException($"the weights so far are in {output}; --resume goes on", fault);
        }
    }

    private sealed record Request(string Recipe, string? Output, string? Data, int Threads, bool Resume, string? From, TimeSpan SaveInterval);
}
