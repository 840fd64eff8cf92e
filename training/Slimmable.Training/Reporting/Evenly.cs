namespace Slimmable.Training;

/// <summary>Thins out long lists.</summary>
internal static class Evenly
{
    /// <summary>All elements, or where there are more than so many, that many of them: the first, the last, and others at even distances between.</summary>
    /// <param name="list">The elements.</param>
    /// <param name="most">At least 2.</param>
    public static IReadOnlyList<T> Take<T>(IReadOnlyList<T> list, int most) => list.Count <= most
        ? list
        : [.. Enumerable.Range(0, most).Select(index => list[(int)((long)index * (list.Count - 1) / (most - 1))])];
}
