namespace Slimmable.Training;

/// <summary>The classes' names, which tell whether labels of two origins mean the same.</summary>
internal static class ClassNames
{
    /// <summary>Names for classes that have none: <c>0</c>, <c>1</c>, and so on.</summary>
    public static IReadOnlyList<string> Numbered(int count) => [.. Enumerable.Range(0, count).Select(index => $"{index}")];

    /// <summary>
    /// What was expected and what was found, or null where labels mean the same. Mere numbers agree with any names: they say nothing.
    /// </summary>
    /// <param name="expected">The names that count.</param>
    /// <param name="origin">Where they are from, after <c>as in</c>.</param>
    /// <param name="found">The others.</param>
    public static string? Difference(IReadOnlyList<string> expected, string origin, IReadOnlyList<string> found)
    {
        if (expected.Count != found.Count)
        {
            return $"expected {expected.Count} classes, as in {origin}, found {found.Count}";
        }

        if (AreNumbers(expected) || AreNumbers(found))
        {
            return null;
        }

        var other = Enumerable.Range(0, expected.Count).FirstOrDefault(index => expected[index] != found[index], -1);
        return other < 0 ? null : $"expected class {other} to be '{expected[other]}', as in {origin}, found '{found[other]}'";
    }

    private static bool AreNumbers(IReadOnlyList<string> names) => names.SequenceEqual(Numbered(names.Count));
}
