using System.Text.Json;

namespace Slimmable.Build;

/// <summary>Installs the npm packages of runtime/OnnxRuntime.Npm to artifacts/npm, by their lock file.</summary>
/// <param name="work">The workspace.</param>
public sealed class Npm(Workspace work)
{
    private const string Package = "com.github.asus4.onnxruntime";
    private const string CudaPackage = Package + ".linux-x64-gpu";

    /// <summary>Installs what the lock file names and is not there yet.</summary>
    /// <returns>The installed packages.</returns>
    /// <exception cref="BuildException">There is no npm, or it failed.</exception>
    public IReadOnlyList<Dependency> Install()
    {
        var locked = work.At("runtime", "OnnxRuntime.Npm", "package-lock.json");
        string[] packages = Engines.Cuda ? [Package, CudaPackage] : [Package];
        if (!packages.All(package => IsInstalled(package, locked)))
            Install(locked);
        return [.. packages.Select(package => new Dependency(package, VersionIn(locked, package)!, "npm"))];
    }

    private void Install(string locked)
    {
        if (!Shell.Has("npm"))
            throw new BuildException("ONNX Runtime is to come from npm, and there is no npm. Install Node.js with npm, then run this again.");
        Workspace.Say($"installing {Package} ...");
        var folder = Directory.CreateDirectory(work.At("artifacts", "npm")).FullName;
        File.Copy(locked, Path.Combine(folder, "package-lock.json"), overwrite: true);
        File.Copy(Path.Combine(Path.GetDirectoryName(locked)!, "package.json"), Path.Combine(folder, "package.json"), overwrite: true);
        // The packages are data to us: nothing in them is run.
        List<string> ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder];
        if (!Engines.Cuda)
            ci.Add("--omit=optional");
        var (exitCode, output) = OperatingSystem.IsWindows()
            ? work.Shell.Capture("cmd", ["/c", "npm", .. ci])
            : work.Shell.Capture("npm", ci);
        if (exitCode != 0)
            throw new BuildException($"npm could not install {Package}: {output.Trim()}\nRun this again when the registry answers.");
    }

    // npm writes this file last, so a half-done installation does not count.
    private bool IsInstalled(string package, string locked)
    {
        var installed = work.At("artifacts", "npm", "node_modules", ".package-lock.json");
        return File.Exists(installed) && VersionIn(installed, package) is { } version && version == VersionIn(locked, package);
    }

    private static string? VersionIn(string lockFile, string package)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        return document.RootElement.GetProperty("packages").TryGetProperty("node_modules/" + package, out var entry)
            ? entry.GetProperty("version").GetString()
            : null;
    }
}
