namespace Slimmable.Models;

/// <summary>A checkpoint that stays in its file: its tensors are read in pieces, as long as it is open, so it may be larger than memory.</summary>
public sealed class CheckpointFile : ICheckpoint, IDisposable
{
    private readonly SafetensorsFile file;

    private CheckpointFile(string path)
    {
        file = SafetensorsFile.Open(path);
        try
        {
            (Graph, Tensors, Info, Golden) = new CheckpointReader(file).Read();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SupernetGraph Graph { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorValues> Tensors { get; }

    /// <inheritdoc/>
    public CheckpointInfo Info { get; }

    /// <inheritdoc/>
    public GoldenSamples? Golden { get; }

    /// <summary>Opens and checks a checkpoint; every number is looked at.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">
    /// The file is missing, is not a checkpoint, or its tensors do not fit its graph or are not finite; every fault is listed.
    /// </exception>
    public static CheckpointFile Open(string path) => new(path);

    /// <summary>Writes a checkpoint beside <paramref name="path"/> and renames it. The same checkpoint gives the same bytes.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="checkpoint">Read twice, in pieces: checked, then written.</param>
    /// <exception cref="InvalidOptionsException">The checkpoint could not be read again, e.g. for a NaN; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public static void Write(string path, ICheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        CheckpointWriter.Write(path, checkpoint);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();
}
