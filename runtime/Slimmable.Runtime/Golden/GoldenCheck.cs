using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>Compares a bundle's graphs, as ONNX Runtime runs them, with what the trainer answered: the proof that an export is right.</summary>
public static class GoldenCheck
{
    /// <summary>Loads every graph of a bundle and runs the golden inputs through it. Graphs are loaded one at a time, whatever the model holds already.</summary>
    /// <param name="model">The loaded bundle.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="InvalidFileException">The golden file lacks a tensor or has one of another shape, or a graph is refused; it is named.</exception>
    /// <exception cref="EngineException">ONNX Runtime failed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static GoldenReport Run(SlimmableModel model, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Run(model.Bundle, model.Threads, cancellation);
    }

    /// <summary>
    /// Loads every graph of a bundle, one at a time, and runs the golden inputs through it; where the bundle has none, one input of zeros, to see that the graph runs.
    /// </summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="threads">As in <see cref="ModelOptions.Threads"/>.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="InvalidOptionsException">The threads are out of range.</exception>
    /// <exception cref="InvalidFileException">The golden file lacks a tensor or has one of another shape, or a graph is refused; it is named.</exception>
    /// <exception cref="EngineException">ONNX Runtime's native library does not load, or fails.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static GoldenReport Run(Bundle bundle, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        new ModelOptions { Threads = threads }.Check();
        return Run(bundle, OnnxEnvironment.Prepare(threads), cancellation);
    }

    private static GoldenReport Run(Bundle bundle, ThreadPlan threads, CancellationToken cancellation)
    {
        using var run = new GoldenRun(bundle, threads);
        return run.Run(cancellation);
    }
}
