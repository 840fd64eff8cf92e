using System.Text;

namespace Slimmable.Benchmarks.Tests;

/// <summary>A log that does something at a line.</summary>
internal sealed class Announcements(Action<string>? heard = null) : TextWriter
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        lines.Add(value!);
        heard?.Invoke(value!);
    }
}
