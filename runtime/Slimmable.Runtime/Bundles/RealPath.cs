namespace Slimmable.Runtime;

/// <summary>A path without symbolic links; .NET resolves those of the last component only.</summary>
internal static class RealPath
{
    /// <summary>More links than an honest path has; what Linux allows too.</summary>
    private const int MostLinks = 40;

    /// <summary>The path with every link followed. What does not exist is left as it is.</summary>
    /// <exception cref="IOException">A link leads in circles, or cannot be read.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links <= MostLinks; links++)
        {
            if (FollowFirstLink(full) is not { } followed)
            {
                return Path.TrimEndingDirectorySeparator(full);
            }

            full = followed;
        }

        throw new IOException($"{path} follows more than {MostLinks} symbolic links");
    }

    private static string? FollowFirstLink(string full)
    {
        var walked = Path.GetPathRoot(full)!;
        var components = full[walked.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index < components.Length; index++)
        {
            var component = Path.Combine(walked, components[index]);
            if (new FileInfo(component).LinkTarget is { } target)
            {
                return Path.GetFullPath(Path.Combine([walked, target, .. components[(index + 1)..]]));
            }

            walked = component;
        }

        return null;
    }
}
