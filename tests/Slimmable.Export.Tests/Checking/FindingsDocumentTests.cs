using System.Text.RegularExpressions;

namespace Slimmable.Export.Tests;

/// <summary>docs/findings.md explains what is looked for, all of it and nothing else.</summary>
public partial class FindingsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "findings.md"));

    [Fact]
    public void Every_finding_is_explained_under_its_id_and_title_in_order() => Assert.Equal(
        FindingRules.All.Select(rule => (rule.Id, rule.Title)),
        Heading().Matches(Document).Select(match => (match.Groups["id"].Value, match.Groups["title"].Value)));

    [Fact]
    public void Every_explanation_says_something() => Assert.All(
        Heading().Split(Document).Skip(1).Chunk(3).Select(parts => parts[^1]),
        text => Assert.True(text.Trim().Length > 40, text));

    [Fact]
    public void Ids_are_unique_and_of_one_form()
    {
        Assert.Equal(FindingRules.All.Count, FindingRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(FindingRules.All, rule => Assert.Matches(@"^SLIM[1-6]\d\d\z", rule.Id));
        Assert.All(FindingRules.All, rule => Assert.Matches(@"^[A-Z][^.:]*\z", rule.Title));
    }

    [GeneratedRegex(@"^### (?<id>SLIM\d+): (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
