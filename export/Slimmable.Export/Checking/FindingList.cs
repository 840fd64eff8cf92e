namespace Slimmable.Export;

/// <summary>The findings in one file. A hostile file can have millions and names of any length: both are cut.</summary>
/// <param name="file">The file's name in its folder.</param>
internal sealed class FindingList(string file)
{
    private const int Most = 100;
    private const int LongestName = 128;

    private readonly List<Finding> findings = [];
    private int left;

    /// <summary>The findings so far, with a last one for those that were cut.</summary>
    public IReadOnlyList<Finding> Found => left == 0 ? findings : [.. findings, FindingRules.More.At(file, $"and {left} more findings")];

    /// <summary>Adds a finding.</summary>
    public void Add(FindingRule rule, string message)
    {
        if (findings.Count < Most)
        {
            findings.Add(rule.At(file, message));
        }
        else
        {
            left++;
        }
    }

    /// <summary>Adds a finding unless a condition holds, and tells whether it does.</summary>
    public bool Require(bool condition, FindingRule rule, string message)
    {
        if (!condition)
        {
            Add(rule, message);
        }

        return condition;
    }

    /// <summary>A name from the file in quotes, fit for a message.</summary>
    public static string Quote(string name) => $"'{Clean(name)}'";

    /// <summary>A name or another text from the file on one line and not too long.</summary>
    public static string Clean(string name, int longest = LongestName)
    {
        var cut = name.Length > longest ? $"{name.AsSpan(0, longest)}..." : name;
        return string.Concat(cut.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
