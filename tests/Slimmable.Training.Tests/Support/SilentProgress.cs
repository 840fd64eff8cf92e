namespace Slimmable.Training.Tests;

/// <summary>Keeps what it is told.</summary>
internal sealed class SilentProgress : ITrainingProgress
{
    public List<(string Phase, long Steps)> Phases { get; } = [];

    public List<EpochMetrics> Epochs { get; } = [];

    public int Steps { get; private set; }

    public Action<int>? OnStep { get; init; }

    public void PhaseStarted(string phase, long steps) => Phases.Add((phase, steps));

    public void StepDone() => OnStep?.Invoke(++Steps);

    public void EpochDone(EpochMetrics metrics) => Epochs.Add(metrics);
}
