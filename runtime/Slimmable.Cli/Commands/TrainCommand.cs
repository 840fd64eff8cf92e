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
        var (data, threads) = (CommonOptions.Data(), CommonOptions.Threads());
        var command = new Command(
            "train",
            "Train a supernet and its gate by a recipe. Ctrl-C stops it and leaves a usable checkpoint.\n\n"
            + "Example: slimmable train models/recipes/fashion-mnist-quick.json --out quick.safetensors")
        {
            recipe,
            output,
            data,
            threads,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(parsed.GetRequiredValue(recipe), parsed.GetValue(output), parsed.GetValue(data), parsed.GetValue(threads), cancellation), CancellationToken.None));
        return command;
    }

    private static void Run(string path, string? output, string? dataFolder, int threads, CancellationToken cancellation)
    {
        var recipe = RecipeFile.Read(path);
        var data = DataSets.Load(recipe.DataSet, dataFolder);
        torch.set_num_threads(threads);
        output ??= $"{recipe.Name}.safetensors";
        var checkpoint = ConsoleProgress.Run(progress => new TrainingRun(recipe, File.ReadAllText(path), data, output, progress).Run(cancellation));
        AccuracyTable.Print($"{output}: {recipe.Name}, {data.Name} test set", AccuracyTable.Answer(checkpoint.Graph, checkpoint.Info.Accuracy!));
    }
}
