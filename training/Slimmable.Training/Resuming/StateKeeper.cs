using System.Diagnostics;

namespace Slimmable.Training;

/// <summary>Saves the state of a run from time to time, and hands out the one that it is resumed from.</summary>
/// <param name="file">Where it is kept.</param>
/// <param name="interval">The least time between two saves; zero to save after every step.</param>
/// <param name="resumed">The state that the run starts from, or null.</param>
internal sealed class StateKeeper(StateFile file, TimeSpan interval, TrainingState? resumed)
{
    private readonly Stopwatch sinceSaved = Stopwatch.StartNew();

    /// <summary>The stage that the run starts in, or null to start anew.</summary>
    public string? ResumedStage => resumed?.Stage;

    /// <summary>Puts a stage's tensors back where the run was resumed in that stage.</summary>
    /// <param name="stage">The stage's phase name.</param>
    /// <param name="steps">The steps the stage has.</param>
    /// <param name="tensors">What is put back.</param>
    /// <param name="meter">Gets the sums of the epoch that was broken off.</param>
    /// <returns>The steps of the stage that are done.</returns>
    /// <exception cref="Models.InvalidFileException">The state does not fit the network.</exception>
    public long Restore(string stage, long steps, StateTensors tensors, MeanMeter meter)
    {
        if (resumed?.Stage != stage)
        {
            return 0;
        }

        if (resumed.Steps > steps)
        {
            throw new Models.InvalidFileException(file.Path, $"expected at most the {steps} steps that {stage} has, found {resumed.Steps}");
        }

        try
        {
            tensors.Restore(resumed.Tensors);
            meter.Restore(resumed.Meter);
            return resumed.Steps;
        }
        catch (FormatException fault)
        {
            throw new Models.InvalidFileException(file.Path, fault.Message, fault);
        }
    }

    /// <summary>Saves the state where it is time.</summary>
    public void StepDone(string stage, long steps, MeanMeter meter, StateTensors tensors)
    {
        if (sinceSaved.Elapsed >= interval)
        {
            Save(stage, steps, meter, tensors);
        }
    }

    /// <summary>Saves the state.</summary>
    /// <exception cref="Models.InvalidFileException">It cannot be written; the last one is still there.</exception>
    /// <exception cref="TrainingException">The weights are no numbers any more; the last one is still there.</exception>
    public void Save(string stage, long steps, MeanMeter meter, StateTensors tensors)
    {
        var captured = tensors.Capture();
        var bad = captured.FirstOrDefault(pair => !pair.Value.Values.All(float.IsFinite)).Key;
        if (bad is not null)
        {
            throw new TrainingException($"{stage}, after step {steps - 1}: expected finite numbers in '{bad}'; a lower learning rate may help");
        }

        file.Write(new TrainingState(stage, steps, meter.Sums, captured));
        sinceSaved.Restart();
    }
}
