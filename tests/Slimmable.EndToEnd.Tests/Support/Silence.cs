using Slimmable.Training;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Nobody watches.</summary>
internal sealed class Silence : ITrainingProgress
{
    public void PhaseStarted(string phase, long steps)
    {
    }

    public void StepDone()
    {
    }

    public void EpochDone(EpochMetrics metrics)
    {
    }
}
