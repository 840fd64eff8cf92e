namespace Slimmable.Build;

/// <summary>Prints a table in plain text.</summary>
public static class Table
{
    /// <summary>Prints a heading and rows in columns that are wide enough for all of them.</summary>
    /// <param name="heading">A name for each column.</param>
    /// <param name="rows">The rows, each as long as the heading.</param>
    public static void Print(IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [heading, .. rows];
        var widths = heading.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            Workspace.Say(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
