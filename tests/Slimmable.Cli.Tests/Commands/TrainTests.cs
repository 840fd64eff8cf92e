using System.Diagnostics;
using System.Text;

namespace Slimmable.Cli.Tests;

[Collection(TrainedModel.Collection)]
public sealed class TrainTests(TrainedModel model) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        SlimmableProgram.Run(folder.Path, "train", model.Recipe, "--data", model.Data, "--threads", "2").Succeeded();

        Assert.Equal(["tiny.metrics.jsonl", "tiny.report.html", "tiny.safetensors"], folder.Names());
        Assert.Equal(File.ReadAllBytes(model.AsTrained), File.ReadAllBytes(folder.File("tiny.safetensors")));
    }

    [Fact]
    public void A_line_of_metrics_is_told_per_epoch_and_the_accuracy_at_the_end()
    {
        Assert.Contains("\nstage one 1/2: ", model.Training.Error, StringComparison.Ordinal);
        Assert.Contains("\nstage one 2/2: ", model.Training.Error, StringComparison.Ordinal);
        Assert.Contains("\nstage two 1/1: ", model.Training.Error, StringComparison.Ordinal);
        Assert.All(new[] { "uniform-0", "uniform-1", "uniform-2", "routed" }, row => Assert.Contains(row, model.Training.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Interrupted_it_leaves_a_checkpoint_that_info_and_export_accept()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // A process cannot send another one Ctrl-C there.
        }

        var recipe = TinyTask.WriteRecipe(folder.File("long.json"), epochs: 10_000);
        using var process = SlimmableProgram.Start(folder.Path, "train", recipe, "--data", model.Data, "--out", "stopped.safetensors", "--threads", "1");
        var said = new StringBuilder();
        while (process.StandardError.ReadLine() is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith("stage one 2/", StringComparison.Ordinal))
            {
                break;
            }
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        var stopped = SlimmableProgram.Finish(process, process.StandardError.ReadToEndAsync());

        Assert.True(stopped.ExitCode == 130, $"exit code {stopped.ExitCode}: {said}{stopped.Error}");
        Assert.EndsWith("slimmable: stopped; the weights so far are in stopped.safetensors; --resume goes on\n", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(["long.json", "stopped.metrics.jsonl", "stopped.resume.safetensors", "stopped.safetensors"], folder.Names());
        var info = SlimmableProgram.Run(folder.Path, "info", "stopped.safetensors", "--json").Json();
        Assert.Equal(TinyTask.Architecture, info.GetProperty("name").GetString());
        SlimmableProgram.Run(folder.Path, "export", "stopped.safetensors", "--out", "bundle", "--full").Succeeded();
        SlimmableProgram.Run(folder.Path, "validate", "bundle").Succeeded();
    }

    [Fact]
    public void Every_fault_of_a_recipe_is_named()
    {
        var recipe = File.ReadAllText(model.Recipe)
            .Replace(TinyTask.Architecture, "resnet-50", StringComparison.Ordinal)
            .Replace("\"batchSize\": 32", "\"batchSize\": -1", StringComparison.Ordinal)
            .Replace("\"randomSubnets\"", "\"randomSubnet\"", StringComparison.Ordinal);

        Refuse(recipe, "'resnet-50'", "stageOne.batchSize", "stageTwo.batchSize", "randomSubnet:");
    }

    [Fact]
    public void What_is_no_recipe_is_refused()
    {
        Refuse("{ \"name\": ", "JSON");
        Refuse("[]", "object");
        SlimmableProgram.Run(folder.Path, "train", "nothing.json").Refused(1, "nothing.json", "cannot be read");
    }

    [Fact]
    public void A_missing_data_set_is_refused_and_the_message_says_how_to_get_it()
    {
        Directory.CreateDirectory(folder.File("empty"));

        SlimmableProgram.Run(folder.Path, "train", model.Recipe, "--data", "empty").Refused(1, "fashion-mnist", "empty", "slimmable data get");

        Assert.Equal(["empty"], folder.Names());
    }

    [Fact]
    public void A_damaged_data_set_is_refused()
    {
        TinyTask.WriteData(folder.File("data"), trainImages: 8);
        Train().Refused(1, "32", "8");

        File.WriteAllBytes(folder.File("data/train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 8, 1, 2, 3]);
        Train().Refused(1, "train-labels-idx1-ubyte", "8 elements", "offset 11");

        File.WriteAllBytes(folder.File("data/train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 10]);
        Train().Refused(1, "train-labels-idx1-ubyte", "below 10", "found 10");
        Assert.False(File.Exists(folder.File("tiny.safetensors")));

        ProgramResult Train() => SlimmableProgram.Run(folder.Path, "train", model.Recipe, "--data", "data");
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_before_the_work()
    {
        File.WriteAllText(folder.File("file"), "in the way");
        Directory.CreateDirectory(folder.File("folder"));

        Train(Path.Combine("file", "x.safetensors")).Refused(1, Path.Combine("file", "x.safetensors"), "cannot be written");
        Train("folder").Refused(1, "folder", "cannot be written");
        Assert.Equal(["file", "folder"], folder.Names());

        ProgramResult Train(string output) => SlimmableProgram.Run(folder.Path, "train", model.Recipe, "--data", model.Data, "--out", output);
    }

    private void Refuse(string recipe, params IReadOnlyList<string> mentions)
    {
        File.WriteAllText(folder.File("bad.json"), recipe);
        SlimmableProgram.Run(folder.Path, "train", "bad.json", "--data", model.Data).Refused(1, ["bad.json", .. mentions]);
        Assert.Equal(["bad.json"], folder.Names());
    }
}
