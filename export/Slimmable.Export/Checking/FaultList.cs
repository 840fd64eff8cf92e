namespace Slimmable.Export;

/// <summary>The faults of one file. A hostile file can have millions and names of any length: both are cut.</summary>
internal sealed class FaultList
{
    private const int Most = 100;
    private const int LongestName = 128;

    private readonly List<string> faults = [];
    private int left;

    /// <summary>The faults so far, with a last line for those that were cut.</summary>
    public IReadOnlyList<string> Lines => left == 0 ? faults : [.. faults, $"and {left} more faults"];

    /// <summary>Adds a fault.</summary>
    public void Add(string fault)
    {
        if (faults.Count < Most)
        {
            faults.Add(fault);
        }
        else
        {
            left++;
        }
    }

    /// <summary>Adds a fault unless a condition holds, and tells whether it does.</summary>
    public bool Require(bool condition, string fault)
    {
        if (!condition)
        {
            Add(fault);
        }

        return condition;
    }

    /// <summary>A name from the file in quotes, fit for a message.</summary>
    public static string Quote(string name) => $"'{Clean(name)}'";

    /// <summary>A name from the file on one line and not too long.</summary>
    public static string Clean(string name)
    {
        var cut = name.Length > LongestName ? $"{name.AsSpan(0, LongestName)}..." : name;
        return string.Concat(cut.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
