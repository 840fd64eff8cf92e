using System.Globalization;
using System.Xml.Linq;

namespace Slimmable.Build;

/// <summary>Runs every test project and counts.</summary>
public static class Tests
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Runs the target. The last line it prints is <c>N passed, N failed</c>.</summary>
    /// <param name="work">The workspace; its arguments go to dotnet test.</param>
    /// <exception cref="BuildException">A test failed, a test project came to no result, or there was no test at all.</exception>
    public static void Run(Workspace work)
    {
        var debian = new Debian(work.Shell);
        Dependency[] wanted =
        [
            debian.Want("python3-onnx", "tests that ask ONNX's own checker cannot run"),
            debian.Want("chromium", "tests that look at the report need the one that CHROMIUM names, or that Playwright installed"),
        ];
        new Npm(work, "tests/consumers/javascript", "npm-consumers").Install("onnxruntime-node", "onnxruntime-web");
        foreach (var missing in wanted.Where(package => package.Version == Dependency.None))
            Workspace.Say($"{missing.Name} is missing: {missing.Origin}.");

        var results = work.At("artifacts", "test-results");
        if (Directory.Exists(results))
            Directory.Delete(results, recursive: true);
        var (passed, failed, skipped) = (0, 0, 0);
        foreach (var project in Projects(work))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Workspace.Say(name);
            var exitCode = work.Shell.Run("dotnet",
            [
                "test", project, "--configuration", "Release", "--no-build", "--nologo",
                "--results-directory", results, "--logger", $"trx;LogFileName={name}.trx", .. work.Arguments,
            ]);
            var result = Count(Path.Combine(results, name + ".trx"));
            // A project that crashed, or failed in no test, still failed.
            if (exitCode != 0 && result.Failed == 0)
            {
                Workspace.Say($"{name} came to no result (exit code {exitCode}): counted as one failure.");
                result.Failed = 1;
            }

            passed += result.Passed;
            failed += result.Failed;
            skipped += result.Skipped;
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed");
        Console.WriteLine(skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $"{line}, {skipped} skipped") : line);
        if (failed > 0 || passed == 0)
            throw new BuildException("");
    }

    private static IEnumerable<string> Projects(Workspace work) =>
        Directory.EnumerateDirectories(work.At("tests"), "*.Tests").Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"));

    private static (int Passed, int Failed, int Skipped) Count(string file)
    {
        if (!File.Exists(file))
            return default;
        var counters = XDocument.Load(file).Descendants(Trx + "Counters").Single();
        int Number(string attribute) => int.Parse(counters.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
        return (Number("passed"), Number("failed"), Number("total") - Number("executed"));
    }
}
