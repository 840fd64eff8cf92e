using System.Diagnostics;

namespace Slimmable.Training;

/// <summary>Writes a run's metrics as it goes on. A run that is resumed drops what came after its state, which it will write again.</summary>
internal sealed class MetricsLog
{
    private readonly string path;
    private readonly double secondsBefore;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <param name="path">The file.</param>
    /// <param name="phases">The run's phases that have steps, in order.</param>
    /// <param name="resumed">The state that the run starts from, or null.</param>
    /// <exception cref="Models.InvalidFileException">The file is damaged, or cannot be written.</exception>
    public MetricsLog(string path, string[] phases, TrainingState? resumed)
    {
        this.path = path;
        List<MetricsLine> kept = resumed is null ? [] : [.. MetricsFile.Read(path).Where(line => IsDone(line, resumed))];
        MetricsFile.Replace(path, kept);
        secondsBefore = kept.Count > 0 ? kept[^1].Seconds : 0;

        bool IsDone(MetricsLine line, TrainingState state)
        {
            var (lines, states) = (Array.IndexOf(phases, line.Phase), Array.IndexOf(phases, state.Stage));
            // A state with sums of an epoch that is over is of a run that was stopped while it told of it.
            var last = state.Meter.Count > 0 ? state.Steps - 1 : state.Steps;
            return lines >= 0 && (lines < states || (lines == states && line.Step <= last));
        }
    }

    /// <summary>What the run has taken so far, to the millisecond.</summary>
    public double Seconds => Math.Round(secondsBefore + watch.Elapsed.TotalSeconds, 3);

    /// <summary>Adds a line.</summary>
    /// <exception cref="Models.InvalidFileException">The file cannot be written.</exception>
    public void Add(MetricsLine line) => MetricsFile.Append(path, line);
}
