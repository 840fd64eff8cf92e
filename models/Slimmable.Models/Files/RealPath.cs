namespace Slimmable.Models;

/// <summary>
/// A path without symbolic links, as the system itself walks it: <c>..</c> behind a link leads to the folder above the link's target, which .NET's own
/// <see cref="Path.GetFullPath(string)"/> cannot know.
/// </summary>
internal static class RealPath
{
    /// <summary>More links than an honest path has; what Linux allows too.</summary>
    private const int MostLinks = 40;

    /// <summary>The path with every link followed. What does not exist is left as it is.</summary>
    /// <exception cref="IOException">A link leads in circles, or cannot be read.</exception>
    public static string Of(string path)
    {
        var absolute = Path.Combine(Environment.CurrentDirectory, path);
        var real = Path.GetPathRoot(absolute)!;
        var rest = new Stack<string>();
        Push(rest, absolute[real.Length..]);
        var links = 0;
        while (rest.TryPop(out var component))
        {
            if (component is "." or "..")
            {
                real = component == "." ? real : Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, component);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path} follows more than {MostLinks} symbolic links");
            }

            var root = Path.GetPathRoot(target)!;
            real = root.Length > 0 ? root : real;
            Push(rest, target[root.Length..]);
        }

        return real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var component in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            rest.Push(component);
        }
    }
}
