using System.Security.Cryptography;
using System.Text;

namespace Slimmable.Build;

/// <summary>Publishes and runs the slimmable command.</summary>
public static class Cli
{
    private static readonly string[] Sources = ["models", "training", "export", "runtime"];

    /// <summary>Publishes the command to artifacts/bin, unless nothing has changed since the last time.</summary>
    /// <param name="work">The workspace.</param>
    /// <exception cref="BuildException">It does not build.</exception>
    public static void Publish(Workspace work)
    {
        var stamp = work.At("artifacts", "bin.sources");
        var sources = Fingerprint(work);
        if (File.Exists(Program(work)) && File.Exists(stamp) && File.ReadAllText(stamp) == sources)
        {
            Workspace.Say("artifacts/bin/slimmable is up to date.");
            return;
        }

        File.Delete(stamp);
        Solution.Dotnet(work, "publish", "runtime/Slimmable.Cli/Slimmable.Cli.csproj", "--configuration", "Release", "--output", "artifacts/bin");
        File.WriteAllText(stamp, sources);
    }

    /// <summary>Runs the command with a verb and what the user typed after the target's name.</summary>
    /// <param name="work">The workspace.</param>
    /// <param name="verb">The verb and its first arguments.</param>
    /// <exception cref="BuildException">It failed; it has said why.</exception>
    public static void Run(Workspace work, params IReadOnlyList<string> verb)
    {
        var exitCode = work.Shell.Run(Program(work), [.. verb, .. work.Arguments]);
        if (exitCode != 0)
            throw new BuildException("", exitCode);
    }

    private static string Program(Workspace work) =>
        work.At("artifacts", "bin", OperatingSystem.IsWindows() ? "slimmable.exe" : "slimmable");

    /// <summary>A hash of the path, size and time of everything that the command is made from.</summary>
    private static string Fingerprint(Workspace work)
    {
        var files = Sources.SelectMany(folder => FilesUnder(new DirectoryInfo(work.At(folder))))
            .Concat(new DirectoryInfo(work.Root).EnumerateFiles("Directory.*"))
            .Append(new FileInfo(work.At("artifacts", "dependencies.props")))
            .Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
    }

    private static IEnumerable<FileInfo> FilesUnder(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => child.Name is not ("bin" or "obj")).SelectMany(FilesUnder));
}
