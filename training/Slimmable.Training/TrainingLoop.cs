using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>A step of training.</summary>
/// <param name="Index">Counted from the start of the stage.</param>
/// <param name="Batch">The images and labels.</param>
/// <param name="Meter">Where the step's values go; the epoch's means are reported.</param>
internal readonly record struct TrainingStep(long Index, Batch Batch, MeanMeter Meter);

/// <summary>
/// The epochs and steps of a stage: the order of the images, the learning rate, the optimizer, progress, and a state to resume from. What a
/// step learns is its caller's.
/// </summary>
internal sealed class TrainingLoop(string phase, StageOptions options, StageSurroundings around)
{
    /// <summary>Runs all steps that are not done yet.</summary>
    /// <param name="optimizer">Steps after each step's gradients.</param>
    /// <param name="tensors">All that a state of the stage consists of.</param>
    /// <param name="gradients">Computes a step's gradients.</param>
    /// <param name="stepDone">Called after the optimizer's step with the step's number, from 0 up.</param>
    /// <param name="epochDone">Called after each epoch, before progress is told of it.</param>
    /// <param name="cancellation">Stops between steps; the state is saved.</param>
    public void Run(SGD optimizer, StateTensors tensors, Action<TrainingStep> gradients, Action<long> stepDone, Action epochDone, CancellationToken cancellation)
    {
        var (batches, progress) = (around.Batches, around.Progress);
        var stepsPerEpoch = Math.Min(options.StepsPerEpoch ?? int.MaxValue, batches.BatchesPerEpoch);
        var steps = (long)options.Epochs * stepsPerEpoch;
        var schedule = LearningRateSchedule.Of(options, stepsPerEpoch);
        var meter = new MeanMeter();
        var step = around.Keeper.Restore(phase, steps, tensors, meter);
        progress.PhaseStarted(phase, steps - step);
        using var ahead = new BatchPrefetcher(batches, around.Augmentation, around.Seeds, stepsPerEpoch, step, steps);
        try
        {
            EndEpoch(); // Of a run that was stopped while it told of one.
            while (step < steps && !cancellation.IsCancellationRequested)
            {
                using (var scope = torch.NewDisposeScope())
                {
                    SetLearningRate(optimizer, schedule.At(step));
                    optimizer.zero_grad();
                    gradients(new TrainingStep(step, ahead.Next(CancellationToken.None), meter));
                    optimizer.step();
                }

                stepDone(step);
                step++;
                progress.StepDone();
                EndEpoch();
                around.Keeper.StepDone(phase, step, meter, tensors);
            }
        }
        catch (OperationCanceledException)
        {
            // While it told of an epoch; the meter still has that epoch's sums, and so has the state.
        }

        around.Keeper.Save(phase, step, meter, tensors);
        cancellation.ThrowIfCancellationRequested();

        void EndEpoch()
        {
            if (step % stepsPerEpoch == 0 && meter.Sums.Count > 0)
            {
                epochDone();
                progress.EpochDone(new EpochMetrics(phase, (int)(step / stepsPerEpoch), options.Epochs, step, schedule.At(step - 1), meter.Means()));
                meter.Clear();
            }
        }
    }

    /// <summary>A loss as a number.</summary>
    /// <param name="loss">What was computed.</param>
    /// <param name="what">Whose loss, for the message.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public double Finite(double loss, string what, long step) => double.IsFinite(loss)
        ? loss
        : throw new TrainingException($"{phase}, step {step}: expected a finite loss of {what}, found {loss}; a lower learning rate may help");

    private static void SetLearningRate(SGD optimizer, double rate)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }
    }
}
