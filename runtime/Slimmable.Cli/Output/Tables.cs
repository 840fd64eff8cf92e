using System.Globalization;
using Spectre.Console;

namespace Slimmable.Cli;

/// <summary>Tables on standard output, and numbers as they stand in them.</summary>
internal static class Tables
{
    private const int RedirectedWidth = 160;

    /// <summary>Prints a table; a column that is empty in every row, as all about a gate is where there is none, is left out.</summary>
    public static void Print(string title, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        var filled = Enumerable.Range(0, columns.Count).Where(index => lines.Any(line => line[index].Length > 0)).ToList();
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var index in filled)
        {
            table.AddColumn(new TableColumn(Markup.Escape(columns[index])) { Alignment = index == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (var line in lines)
        {
            table.AddRow([.. filled.Select(index => Markup.Escape(line[index]))]);
        }

        var console = Standard();
        console.WriteLine(title); // Not as the table's own title, which a narrow table would break into lines.
        console.Write(table);
    }

    /// <summary>A terminal as it is; elsewhere plain text that no width breaks into lines.</summary>
    private static IAnsiConsole Standard()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = RedirectedWidth;
        return console;
    }

    public static string Millions(double value) => (value / 1e6).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Part(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Microseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
