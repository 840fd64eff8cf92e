namespace Slimmable.Training;

/// <summary>How a file's own words stand in messages.</summary>
internal static class Quoting
{
    private const int Longest = 100;

    /// <summary>A name in quotation marks. A file can hold names of megabytes; a message holds their beginning.</summary>
    public static string Quoted(this string name) => name.Length <= Longest ? $"'{name}'" : $"'{name[..Longest]}...'";
}
