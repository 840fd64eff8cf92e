using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>docs/training-at-scale.md, as it stands, typed in by someone whose network is the authors' small one.</summary>
public sealed partial class TrainingAtScaleTests : IDisposable
{
    private const int Images = 3;

    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "training-at-scale.md"));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_command_of_ours_runs_in_order_as_it_is_written()
    {
        var commands = Shell().Matches(Document)
            .SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Where(line => line.StartsWith("slimmable ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
            .ToList();
        Assert.Equal(["import", "info", "export", "validate", "run", "bench"], commands.Select(command => command[0]));

        // What the page has the reader make before: the tensors alone, and images.
        File.Copy(Golden.PathOf("checkpoint.pth.tar"), folder.File("ds-mbnet.pth.tar"));
        var random = new Random(1);
        float[] images = [.. Enumerable.Range(0, Images * 3 * 224 * 224).Select(_ => (random.NextSingle() * 2) - 1)];
        SafetensorsWriter.Write(folder.File("images.safetensors"), [TensorData.Of("input", images, Images, 3, 224, 224)], new Dictionary<string, string>());

        Assert.All(commands, command => SlimmableProgram.Run(folder.Path, command).Succeeded());

        using var answers = SafetensorsFile.Open(folder.File("answers.safetensors"));
        Assert.Equal([Images, 10], answers.Entry("logits").Shape);
    }

    [Fact]
    public void What_it_says_to_save_is_what_it_says_to_import()
    {
        Assert.Contains("}, \"ds-mbnet.pth.tar\")", Document, StringComparison.Ordinal);
        Assert.Contains("slimmable import ds-net ds-mbnet.pth.tar ", Document, StringComparison.Ordinal);
        Assert.Contains("save_file({\"input\": images}, \"images.safetensors\")", Document, StringComparison.Ordinal);
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
