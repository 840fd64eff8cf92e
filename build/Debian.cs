namespace Slimmable.Build;

/// <summary>Installs Debian packages: what is missing, and nothing else.</summary>
/// <param name="shell">Runs apt and dpkg.</param>
public sealed class Debian(Shell shell)
{
    /// <summary>Installs packages that the program cannot do without.</summary>
    /// <param name="packages">Their names.</param>
    /// <returns>The installed packages, in the order of the names.</returns>
    /// <exception cref="BuildException">They cannot be installed here; the message names them.</exception>
    public IReadOnlyList<Dependency> Require(params IReadOnlyList<string> packages)
    {
        var reason = Install(packages);
        if (reason is not null)
        {
            var missing = string.Join(' ', Missing(packages));
            throw new BuildException($"{reason} Install {missing} (on Debian 12: apt-get install {missing}), then run this again.");
        }

        return [.. Installed(packages)];
    }

    /// <summary>Installs a package that the program can do without, if that takes no password.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="otherwise">What holds without it.</param>
    /// <returns>The installed package, or what holds without it.</returns>
    public Dependency Want(string package, string otherwise)
    {
        Install([package], "--non-interactive");
        return Find(package, otherwise);
    }

    /// <summary>Looks for a package that the program can do without.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="otherwise">What holds without it.</param>
    /// <returns>The installed package, or what holds without it.</returns>
    public Dependency Find(string package, string otherwise) =>
        Installed([package]).FirstOrDefault() ?? new Dependency(package, Dependency.None, otherwise);

    /// <summary>Installs what is missing.</summary>
    /// <returns>Null when all is there, or why it cannot be.</returns>
    private string? Install(IReadOnlyList<string> packages, params IReadOnlyList<string> sudoOptions)
    {
        var missing = Missing(packages);
        if (missing.Count == 0)
            return null;
        if (!Shell.Has("apt-get"))
            return "packages are missing, and there is no apt to install them.";
        if (!Environment.IsPrivilegedProcess && !Shell.Has("sudo"))
            return "packages are missing, only root can install them, and there is no sudo.";

        Workspace.Say($"installing {string.Join(' ', missing)} ...");
        string[] install = ["install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", .. missing];
        if (HasLists() && Apt(sudoOptions, install).ExitCode == 0)
            return null;
        // No lists, or lists so old that what they name is gone.
        Apt(sudoOptions, ["update", "-qq"]);
        var (exitCode, output) = Apt(sudoOptions, install);
        return exitCode == 0 ? null : $"apt-get failed: {output.Trim().Split('\n')[^1]}.";
    }

    private (int ExitCode, string Output) Apt(IReadOnlyList<string> sudoOptions, IReadOnlyList<string> arguments)
    {
        string[] apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", .. arguments];
        return Environment.IsPrivilegedProcess ? shell.Capture(apt[0], apt[1..]) : shell.Capture("sudo", [.. sudoOptions, .. apt]);
    }

    private static bool HasLists() =>
        Directory.Exists("/var/lib/apt/lists") && Directory.EnumerateFiles("/var/lib/apt/lists", "*_Packages*").Any();

    private List<string> Missing(IReadOnlyList<string> packages) =>
        [.. packages.Except(Installed(packages).Select(package => package.Name))];

    private IEnumerable<Dependency> Installed(IReadOnlyList<string> packages)
    {
        if (!Shell.Has("dpkg-query"))
            return [];
        var lines = shell.Capture("dpkg-query", ["-W", "-f", "${db:Status-Abbrev} ${Package} ${Version}\n", .. packages]).Output.Split('\n');
        var versions = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["ii", _, _])
            .DistinctBy(words => words[1]).ToDictionary(words => words[1], words => words[2]);
        return packages.Where(versions.ContainsKey).Select(name => new Dependency(name, versions[name], "Debian"));
    }
}
