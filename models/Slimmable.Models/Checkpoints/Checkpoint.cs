namespace Slimmable.Models;

/// <summary>
/// A supernet with its weights: one safetensors file that carries the graph in its metadata, so that any safetensors reader opens it and the
/// network can be rebuilt from it alone.
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
{
    /// <summary>Reads and checks a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">
    /// The file is missing, is not a checkpoint, or its tensors do not fit its graph or are not finite; every fault is listed.
    /// </exception>
    public static Checkpoint Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return new CheckpointReader(file).Read();
    }

    /// <summary>Writes the checkpoint beside <paramref name="path"/> and renames it. The same checkpoint gives the same bytes.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="InvalidOptionsException">The checkpoint could not be read again, e.g. for a NaN; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public void Write(string path) => CheckpointWriter.Write(path, this);

    /// <summary>A tensor's values.</summary>
    public ReadOnlySpan<float> Values(TensorSpec tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Weights[tensor.Name];
    }
}
