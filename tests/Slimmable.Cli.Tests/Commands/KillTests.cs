using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Slimmable.Cli.Tests;

/// <summary>Training that is killed, as a lost machine or the kernel's out-of-memory killer does it, and gone on with.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 5;

    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(20211);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Killed_at_random_moments_of_both_stages_it_ends_with_the_same_bytes()
    {
        var data = TinyTask.WriteData(folder.File("data"));
        var recipe = folder.File("long.json");
        File.WriteAllText(recipe, $$"""
            {
              "name": "long", "architecture": "{{TinyTask.Architecture}}", "dataSet": "fashion-mnist",
              "stageOne": { "epochs": 5, "batchSize": 16, "learningRate": 0.05, "randomSubnets": 1, "emaDecay": 0.9 },
              "calibration": { "batches": 4 },
              "stageTwo": { "epochs": 8, "batchSize": 16, "learningRate": 0.1 }
            }
            """);
        string[] command = ["train", recipe, "--data", data, "--threads", "1"];
        SlimmableProgram.Run(folder.Path, [.. command, "--out", "whole.safetensors"]).Succeeded();

        string[] killed = [.. command, "--out", "killed.safetensors", "--resume", "--save-every", "0"];
        var remaining = new List<int>();
        foreach (var stage in new[] { "stage one", "stage two" })
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                remaining.Add(KillIn(stage, killed));
            }
        }

        SlimmableProgram.Run(folder.Path, killed).Succeeded();

        Assert.True(remaining[Kills - 1] < remaining[0], "stage one did not go on from where it was killed");
        Assert.True(remaining[^1] < remaining[Kills], "stage two did not go on from where it was killed");
        Assert.Equal(File.ReadAllBytes(folder.File("whole.safetensors")), File.ReadAllBytes(folder.File("killed.safetensors")));
        Assert.Equal(MetricsOf("whole.metrics.jsonl"), MetricsOf("killed.metrics.jsonl"));
        string[] files = ["killed.metrics.jsonl", "killed.report.html", "killed.safetensors", "long.json", "whole.metrics.jsonl", "whole.report.html", "whole.safetensors"];
        Assert.Equal(files, folder.Names().Where(name => !name.StartsWith("data", StringComparison.Ordinal)));
    }

    /// <summary>The lines without the times, which differ.</summary>
    private IEnumerable<string> MetricsOf(string name) =>
        File.ReadLines(folder.File(name)).Select(line => Regex.Replace(line, "\"seconds\":[^,}]*", string.Empty));

    /// <summary>
    /// Starts the program, kills it somewhere in a stage, after at least one saved step, and gives the steps that the stage had left when it
    /// started.
    /// </summary>
    private int KillIn(string stage, string[] arguments)
    {
        var state = folder.File("killed.resume.safetensors");
        var before = File.GetLastWriteTimeUtc(state);
        using var process = SlimmableProgram.Start(folder.Path, arguments);
        var said = new StringBuilder();
        while (process.StandardError.ReadLine() is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith($"{stage}: ", StringComparison.Ordinal))
            {
                while (File.GetLastWriteTimeUtc(state) == before && !process.HasExited)
                {
                    Thread.Sleep(1);
                }

                Thread.Sleep(random.Next(60));
                process.Kill();
                process.WaitForExit();
                return int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException($"it ended before {stage}: {said}");
    }
}
