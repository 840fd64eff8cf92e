namespace Slimmable.Build;

/// <summary>Builds and cleans everything.</summary>
public static class Solution
{
    /// <summary>Builds every project.</summary>
    /// <param name="work">The workspace.</param>
    /// <exception cref="BuildException">Something does not build.</exception>
    public static void Build(Workspace work) => Dotnet(work, "build", "Slimmable.slnx", "--configuration", "Release");

    /// <summary>Removes artifacts and the bin and obj folder of every project.</summary>
    /// <param name="work">The workspace.</param>
    public static void Clean(Workspace work)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true };
        Remove(work.At("artifacts"));
        foreach (var project in Directory.EnumerateFiles(work.Root, "*.csproj", options).Select(file => Path.GetDirectoryName(file)!).ToList())
        {
            Remove(Path.Combine(project, "bin"));
            Remove(Path.Combine(project, "obj"));
        }
    }

    /// <summary>Runs a dotnet command on the user's terminal.</summary>
    /// <param name="work">The workspace.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <exception cref="BuildException">It failed; it has said why.</exception>
    public static void Dotnet(Workspace work, params IReadOnlyList<string> arguments)
    {
        if (work.Shell.Run("dotnet", [.. arguments, "-nologo"]) != 0)
            throw new BuildException($"dotnet {arguments[0]} failed; see above.");
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
