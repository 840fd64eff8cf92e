namespace Slimmable.Models;

/// <summary>
/// A supernet with its weights in memory. As a file it is safetensors with the graph in the metadata, so that any safetensors reader opens it and the
/// network can be rebuilt from it alone; <see cref="CheckpointFile"/> reads one in pieces.
/// </summary>
/// <param name="Graph">The architecture.</param>
/// <param name="Weights">Every tensor of <see cref="SupernetGraph.Tensors"/> by name, row-major, full size.</param>
/// <param name="Info">Where it comes from.</param>
/// <param name="Golden">The trainer's own answers, where it made some.</param>
public sealed record Checkpoint(
    SupernetGraph Graph,
    IReadOnlyDictionary<string, float[]> Weights,
    CheckpointInfo Info,
    GoldenSamples? Golden = null)
    : ICheckpoint
{
    IReadOnlyDictionary<string, TensorValues> ICheckpoint.Tensors => Weights.ToDictionary(pair => pair.Key, pair => TensorValues.Of(pair.Value));

    /// <summary>Reads and checks a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">
    /// The file is missing, is not a checkpoint, or its tensors do not fit its graph or are not finite; every fault is listed.
    /// </exception>
    public static Checkpoint Read(string path)
    {
        using var file = CheckpointFile.Open(path);
        return new Checkpoint(file.Graph, file.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()), file.Info, file.Golden);
    }

    /// <summary>Writes the checkpoint beside <paramref name="path"/> and renames it. The same checkpoint gives the same bytes.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="InvalidOptionsException">The checkpoint could not be read again, e.g. for a NaN; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public void Write(string path) => CheckpointFile.Write(path, this);
}
