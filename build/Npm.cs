using System.Text.Json;

namespace Slimmable.Build;

/// <summary>Installs the npm packages that one folder of the source tree uses, by the lock file there.</summary>
/// <param name="work">The workspace.</param>
/// <param name="source">The folder of package.json and package-lock.json, from the root.</param>
/// <param name="target">The folder below artifacts that they are installed to.</param>
public sealed class Npm(Workspace work, string source, string target)
{
    private readonly string folder = work.At("artifacts", target);
    private readonly string locked = work.At(source, "package-lock.json");

    /// <summary>Installs what the lock file names, unless it is there already.</summary>
    /// <param name="packages">What is needed of it; optional packages are installed only where one of these is optional.</param>
    /// <returns>The installed packages.</returns>
    /// <exception cref="BuildException">There is no npm, or it failed.</exception>
    public IReadOnlyList<Dependency> Install(params IReadOnlyList<string> packages)
    {
        if (!packages.All(IsInstalled))
            Run(packages);
        return [.. packages.Select(package => new Dependency(package, VersionIn(locked, package)!, "npm"))];
    }

    private void Run(IReadOnlyList<string> packages)
    {
        if (!Shell.Has("npm"))
            throw new BuildException($"{packages[0]} comes from npm, and there is no npm. Install Node.js with npm, then run this again.");
        Workspace.Say($"installing {packages[0]} ...");
        Directory.CreateDirectory(folder);
        File.Copy(locked, Path.Combine(folder, "package-lock.json"), overwrite: true);
        File.Copy(work.At(source, "package.json"), Path.Combine(folder, "package.json"), overwrite: true);
        // The packages are data to us: nothing in them is run.
        List<string> ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder];
        if (!packages.Any(package => Entry(locked, package)?.TryGetProperty("optional", out _) ?? false))
            ci.Add("--omit=optional");
        var (exitCode, output) = OperatingSystem.IsWindows()
            ? work.Shell.Capture("cmd", ["/c", "npm", .. ci])
            : work.Shell.Capture("npm", ci);
        if (exitCode != 0)
            throw new BuildException($"npm could not install {packages[0]}: {output.Trim()}\nRun this again when the registry answers.");
    }

    // npm writes this file last, so a half-done installation does not count.
    private bool IsInstalled(string package)
    {
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        return File.Exists(installed) && VersionIn(installed, package) is { } version && version == VersionIn(locked, package);
    }

    private static string? VersionIn(string lockFile, string package) => Entry(lockFile, package)?.GetProperty("version").GetString();

    private static JsonElement? Entry(string lockFile, string package)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        return document.RootElement.GetProperty("packages").TryGetProperty("node_modules/" + package, out var entry) ? entry.Clone() : null;
    }
}
