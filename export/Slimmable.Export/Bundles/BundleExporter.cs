using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Exports a checkpoint as a bundle: a folder of ONNX graphs, a manifest and golden samples.</summary>
public static class BundleExporter
{
    /// <summary>
    /// Writes a bundle beside <paramref name="folder"/> and renames it. The same checkpoint and options give the same bytes on any machine.
    /// On failure and on cancellation the target is as it was, and nothing is left behind.
    /// </summary>
    /// <param name="checkpoint">The supernet and its weights. They are read in pieces: of a <see cref="CheckpointFile"/> only what a graph needs is in memory.</param>
    /// <param name="folder">The bundle's folder: missing, empty, or an older bundle, which is replaced whole.</param>
    /// <param name="options">What goes in.</param>
    /// <param name="progress">Told of every file that is written.</param>
    /// <param name="cancellation">Looked at before every file.</param>
    /// <returns>The manifest that was written.</returns>
    /// <exception cref="InvalidOptionsException">The options do not fit the checkpoint; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">The folder holds something else than a bundle, or cannot be written.</exception>
    /// <exception cref="SlimmableException">A graph's weights are not finite after folding, or beyond its precision.</exception>
    /// <exception cref="OperationCanceledException">The export was cancelled.</exception>
    public static BundleManifest Export(
        ICheckpoint checkpoint,
        string folder,
        ExportOptions options,
        IProgress<ExportProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        var plan = new BundlePlan(checkpoint, options);
        return BundleFolder.Write(folder, temporary => new BundleWriter(checkpoint, options, plan, temporary).Write(progress, cancellation));
    }
}
