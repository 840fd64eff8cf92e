namespace Slimmable.Models;

/// <summary>Texts from files, cut to what a message can hold: a name in a hostile file may have megabytes.</summary>
internal static class Excerpt
{
    private const int LongestName = 128;
    private const int LongestReason = 512;
    private const int MostNumbers = 8;

    /// <summary>A name or another word.</summary>
    public static string Of(string? text) => Cut(text ?? "", LongestName);

    /// <summary>What a library says about a file, with the file's words in it.</summary>
    public static string Of(Exception fault) => Cut(fault.Message, LongestReason);

    /// <summary>A list, e.g. <c>[16, 3, 3]</c>.</summary>
    public static string Of<T>(IReadOnlyCollection<T> list) =>
        $"[{string.Join(", ", list.Take(MostNumbers))}{(list.Count > MostNumbers ? $", ... {list.Count - MostNumbers} more" : "")}]";

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text.AsSpan(0, most)}...";
}
