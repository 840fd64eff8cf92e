using System.Text;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary>Where the ablation's files are: for each run its recipe and its checkpoint, and what was found.</summary>
/// <param name="Path">The folder.</param>
internal sealed record RunFolder(string Path)
{
    /// <summary>Everything that was measured.</summary>
    public string Results => File("results.json");

    /// <summary>What <c>slimmable bench --json</c> says of a gated run's bundle, if someone asked.</summary>
    public string Bench => File("bench.json");

    /// <summary>The path of a run's checkpoint.</summary>
    public string CheckpointOf(string run) => File($"{run}.safetensors");

    /// <summary>The path of a run's recipe.</summary>
    public string RecipeOf(string run) => File($"{run}.json");

    /// <summary>A run's checkpoint if it is complete and by this very recipe, else null.</summary>
    public Checkpoint? Finished(PlannedRun run)
    {
        var path = CheckpointOf(run.Name);
        return System.IO.File.Exists(path) && Checkpoint.Read(path) is { Info.Accuracy: not null } found && found.Info.Recipe == run.Recipe ? found : null;
    }

    /// <summary>Writes a text whole or not at all.</summary>
    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
