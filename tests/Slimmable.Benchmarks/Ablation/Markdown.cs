namespace Slimmable.Benchmarks;

/// <summary>Tables as Markdown has them.</summary>
internal static class Markdown
{
    /// <summary>A table without a line break at its end.</summary>
    /// <param name="columns">The heads.</param>
    /// <param name="rows">As many cells as there are columns.</param>
    public static string Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Join('\n', rows.Prepend([.. columns.Select(_ => "---")]).Prepend(columns).Select(cells => $"| {string.Join(" | ", cells)} |"));
}
