using System.Text.RegularExpressions;

namespace Slimmable.Training.Tests.Metrics;

/// <summary>docs/formats.md names every member of a line of metrics.</summary>
public class MetricsDocumentTests
{
    [Fact]
    public void Every_member_has_a_row()
    {
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "formats.md"));
        var section = document[document.IndexOf("## Metrics", StringComparison.Ordinal)..];

        Assert.Equal(
            MetricsJson.Default.MetricsLine.Properties.Select(property => property.Name).Order(),
            Regex.Matches(section, @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order());
        Assert.All(MetricsJson.Default.RunEnvironment.Properties, property => Assert.Contains($"`{property.Name}`", section, StringComparison.Ordinal));
    }
}
