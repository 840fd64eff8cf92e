using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>
/// Turns a report's data into one HTML file that needs nothing else: style, scripts and pictures lie in it, and its content security policy
/// lets a browser load and run nothing but those.
/// </summary>
public static partial class ReportPage
{
    /// <summary>Writes the page beside the path and renames it; the same data gives the same bytes.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="data">What it shows.</param>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public static void Write(string path, ReportData data) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Render(data))));

    /// <summary>The page as text.</summary>
    /// <param name="data">What it shows.</param>
    public static string Render(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var style = Resource("report.css");
        var library = $"/*\n{Resource("LICENSE.chart.js")}\n{Resource("LICENSE.color")}*/\n{SourceMap().Replace(Resource("chart.js"), string.Empty)}";
        var script = Resource("charts.js") + Resource("pictures.js") + Resource("report.js");
        var parts = new Dictionary<string, string>
        {
            ["policy"] = $"default-src 'none'; style-src {Hash(style)}; script-src {Hash(library)} {Hash(script)}; base-uri 'none'; form-action 'none'",
            ["style"] = style,

            // The writer escapes what could end the block: <, > and & stand there as \u003C, \u003E and \u0026.
            ["data"] = JsonSerializer.Serialize(data, ReportJson.Default.ReportData),
            ["library"] = library,
            ["script"] = script,
        };

        // In one pass: what is put in is not looked through again.
        return Part().Replace(Resource("report.html"), match => parts[match.Groups[1].Value]);
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    /// <summary>With the line ends that a browser sees, for hashes are made of what it sees.</summary>
    private static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"^//# sourceMappingURL=.*$", RegexOptions.Multiline)]
    private static partial Regex SourceMap();
}
