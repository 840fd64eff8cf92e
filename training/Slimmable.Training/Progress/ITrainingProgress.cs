namespace Slimmable.Training;

/// <summary>What a run tells about itself while it goes on.</summary>
public interface ITrainingProgress
{
    /// <summary>A phase begins.</summary>
    /// <param name="phase">Its name, e.g. <c>stage one</c>.</param>
    /// <param name="steps">How many steps it has.</param>
    void PhaseStarted(string phase, long steps);

    /// <summary>A step of the present phase is done.</summary>
    void StepDone();

    /// <summary>An epoch of the present phase is done.</summary>
    /// <param name="metrics">Its means.</param>
    void EpochDone(EpochMetrics metrics);
}

/// <summary>The means of an epoch.</summary>
/// <param name="Phase">The phase's name.</param>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Epochs">Of the phase.</param>
/// <param name="Step">Steps of the phase that are done, those of earlier epochs included.</param>
/// <param name="LearningRate">Of the last step.</param>
/// <param name="Values">What was measured, by name.</param>
public sealed record EpochMetrics(string Phase, int Epoch, int Epochs, long Step, double LearningRate, IReadOnlyDictionary<string, double> Values);
