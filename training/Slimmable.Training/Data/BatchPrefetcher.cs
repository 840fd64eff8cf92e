using System.Runtime.ExceptionServices;

namespace Slimmable.Training;

/// <summary>
/// The training batches of a stage, prepared ahead of time on a thread of its own, so that the trainer does not wait for them. They are those
/// of <see cref="BatchSource.Training"/>, bit for bit, whatever the timing; tensors are made on the caller's thread. For one consumer.
/// </summary>
public sealed class BatchPrefetcher : IDisposable
{
    /// <summary>Batches that are prepared ahead.</summary>
    public const int Depth = 2;

    private readonly BatchSource batches;
    private readonly Augmentation augmentation;
    private readonly Seeds seeds;
    private readonly int stepsPerEpoch;
    private readonly long lastStep;
    private readonly HostBatch[] ring = new HostBatch[Depth];
    private readonly SemaphoreSlim free = new(Depth);
    private readonly SemaphoreSlim ready = new(0);
    private readonly CancellationTokenSource disposed = new();
    private readonly Thread thread;
    private volatile Failure? failure;
    private long nextStep;

    /// <summary>Starts to prepare.</summary>
    /// <param name="batches">Where batches come from.</param>
    /// <param name="augmentation">How images are varied.</param>
    /// <param name="seeds">The run's seeds.</param>
    /// <param name="stepsPerEpoch">After how many steps a new epoch begins, 1..<see cref="BatchSource.BatchesPerEpoch"/>.</param>
    /// <param name="firstStep">The first step of the stage that is asked for; above 0 to resume.</param>
    /// <param name="lastStep">The step after the last, at least <paramref name="firstStep"/>.</param>
    public BatchPrefetcher(BatchSource batches, Augmentation augmentation, Seeds seeds, int stepsPerEpoch, long firstStep, long lastStep)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(augmentation);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepsPerEpoch, batches.BatchesPerEpoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstStep);
        ArgumentOutOfRangeException.ThrowIfLessThan(lastStep, firstStep);
        (this.batches, this.augmentation, this.seeds) = (batches, augmentation, seeds);
        (this.stepsPerEpoch, this.lastStep, nextStep) = (stepsPerEpoch, lastStep, firstStep);
        thread = new Thread(() => Prepare(firstStep)) { IsBackground = true, Name = "batches" };
        thread.Start();
    }

    /// <summary>The next step's batch; the caller owns its tensors.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The last step's batch was handed out.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the batch can still be asked for.</exception>
    public Batch Next(CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed.IsCancellationRequested, this);
        if (nextStep == lastStep)
        {
            throw new InvalidOperationException($"expected at most {lastStep} steps");
        }

        ready.Wait(cancellation);
        if (failure is { } failed && failed.Step == nextStep)
        {
            ready.Release(); // Whoever asks again is told again.
            failed.Fault.Throw();
        }

        var batch = batches.ToTensors(ring[nextStep % Depth]);
        nextStep++;
        free.Release();
        return batch;
    }

    /// <summary>Ends the thread and waits for it, at most for as long as a batch takes.</summary>
    public void Dispose()
    {
        if (disposed.IsCancellationRequested)
        {
            return;
        }

        disposed.Cancel();
        thread.Join();
        disposed.Dispose();
        free.Dispose();
        ready.Dispose();
    }

    private void Prepare(long firstStep)
    {
        var step = firstStep;
        try
        {
            var order = Array.Empty<int>();
            for (; step < lastStep; step++)
            {
                free.Wait(disposed.Token);
                var (epoch, index) = Math.DivRem(step, stepsPerEpoch);
                order = index == 0 || step == firstStep ? batches.OrderOf(epoch, seeds) : order;
                var batch = ring[step % Depth] ??= batches.NewTrainingBatch();
                batches.Fill(batch, (epoch * batches.BatchesPerEpoch) + index, order, augmentation, seeds);
                ready.Release();
            }
        }
        catch (OperationCanceledException) when (disposed.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
        catch (Exception fault)
        {
            // It belongs to whoever asks for the step; a fault that left the thread would end the process.
            failure = new Failure(step, ExceptionDispatchInfo.Capture(fault));
            ready.Release();
        }
    }

    private sealed record Failure(long Step, ExceptionDispatchInfo Fault);
}
