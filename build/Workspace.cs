namespace Slimmable.Build;

/// <summary>What every target works on.</summary>
/// <param name="Root">The repository's root, an absolute path.</param>
/// <param name="Arguments">What the user typed after the target's name.</param>
/// <param name="Shell">Runs other programs in the root.</param>
public sealed record Workspace(string Root, IReadOnlyList<string> Arguments, Shell Shell)
{
    /// <summary>The absolute path of a file or folder of the repository.</summary>
    /// <param name="parts">The path from the root.</param>
    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Tells the user what happens, one plain line.</summary>
    /// <param name="line">The line.</param>
    public static void Say(string line) => Console.WriteLine("  " + line);
}
