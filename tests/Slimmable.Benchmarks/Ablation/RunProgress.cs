using System.Diagnostics;
using Slimmable.Training;

namespace Slimmable.Benchmarks;

/// <summary>A line for each epoch: what was measured, and how long a step takes.</summary>
internal sealed class RunProgress(string run, TextWriter log) : ITrainingProgress
{
    private long start;
    private long steps;

    public void PhaseStarted(string phase, long steps) => Restart();

    public void StepDone() => steps++;

    public void EpochDone(EpochMetrics metrics)
    {
        var perStep = Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
        var values = string.Join(", ", metrics.Values.Select(pair => $"{pair.Key} {pair.Value:0.0000}"));
        log.WriteLine($"{run}: {metrics.Phase} {metrics.Epoch}/{metrics.Epochs}: {values}, {perStep:0.0} ms a step");
        Restart();
    }

    private void Restart() => (start, steps) = (Stopwatch.GetTimestamp(), 0);
}
