namespace Slimmable.Training;

/// <summary>The names of the files that lie beside a run's checkpoint.</summary>
public static class RunFiles
{
    private const string CheckpointExtension = ".safetensors";

    /// <summary>Where the metrics of a run lie whose result goes to a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint's path.</param>
    public static string Metrics(string checkpoint) => Beside(checkpoint, ".metrics.jsonl");

    /// <summary>Where its report lies.</summary>
    /// <param name="checkpoint">The checkpoint's path.</param>
    public static string Report(string checkpoint) => Beside(checkpoint, ".report.html");

    /// <summary>Where the state lies that it can be resumed from.</summary>
    /// <param name="checkpoint">The checkpoint's path.</param>
    internal static string State(string checkpoint) => Beside(checkpoint, ".resume.safetensors");

    /// <summary>Only the checkpoint's own extension is taken off: <c>lr0.1</c> and <c>lr0.2</c> are two runs.</summary>
    private static string Beside(string checkpoint, string extension)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var name = checkpoint.EndsWith(CheckpointExtension, StringComparison.OrdinalIgnoreCase) ? checkpoint[..^CheckpointExtension.Length] : checkpoint;
        return name + extension;
    }
}
