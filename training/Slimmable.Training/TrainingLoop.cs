using TorchSharp;
using TorchSharp.Modules;

namespace Slimmable.Training;

/// <summary>A step of training.</summary>
/// <param name="Index">Counted from the start of the stage.</param>
/// <param name="Batch">The images and labels.</param>
/// <param name="Meter">Where the step's values go; the epoch's means are reported.</param>
internal readonly record struct TrainingStep(long Index, Batch Batch, MeanMeter Meter);

/// <summary>The epochs and steps of a stage: the order of the images, the learning rate, the optimizer, progress. What a step learns is its caller's.</summary>
internal sealed class TrainingLoop(
    string phase, StageOptions options, BatchSource batches, Augmentation augmentation, Seeds seeds, ITrainingProgress progress)
{
    /// <summary>Runs all steps.</summary>
    /// <param name="optimizer">Steps after each step's gradients.</param>
    /// <param name="gradients">Computes a step's gradients.</param>
    /// <param name="stepDone">Called after the optimizer's step.</param>
    /// <param name="epochDone">Called after each epoch.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public void Run(SGD optimizer, Action<TrainingStep> gradients, Action stepDone, Action epochDone, CancellationToken cancellation)
    {
        var stepsPerEpoch = Math.Min(options.StepsPerEpoch ?? int.MaxValue, batches.BatchesPerEpoch);
        var steps = (long)options.Epochs * stepsPerEpoch;
        var schedule = new LearningRateSchedule(options.LearningRate, (long)(options.WarmUpEpochs * stepsPerEpoch), steps);
        var meter = new MeanMeter();
        progress.PhaseStarted(phase, steps);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var order = batches.OrderOf(epoch, seeds);
            for (var index = 0; index < stepsPerEpoch; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                var step = ((long)epoch * stepsPerEpoch) + index;
                using var scope = torch.NewDisposeScope();
                SetLearningRate(optimizer, schedule.At(step));
                optimizer.zero_grad();
                var batch = batches.Training(((long)epoch * batches.BatchesPerEpoch) + index, order, augmentation, seeds);
                gradients(new TrainingStep(step, batch, meter));
                optimizer.step();
                stepDone();
                progress.StepDone();
            }

            var rate = schedule.At(((long)(epoch + 1) * stepsPerEpoch) - 1);
            progress.EpochDone(new EpochMetrics(phase, epoch + 1, options.Epochs, rate, meter.TakeMeans()));
            epochDone();
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
