namespace Slimmable.Export.Tests;

/// <summary>Keeps what is reported, at once and in order, and calls back where a test wants to act on it.</summary>
internal sealed class Recorder(Action<ExportProgress>? then = null) : IProgress<ExportProgress>
{
    public List<ExportProgress> Seen { get; } = [];

    public void Report(ExportProgress value)
    {
        Seen.Add(value);
        then?.Invoke(value);
    }
}
