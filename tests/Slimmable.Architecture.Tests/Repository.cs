using System.Xml.Linq;

namespace Slimmable.Architecture.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Folders that tools fill.</summary>
    private static readonly HashSet<string> Generated =
        ["bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", ".git", ".vs", ".idea"];

    public const string Solution = "Slimmable.slnx";

    public static string Root { get; } = FindRoot();

    /// <summary>Every file that people wrote, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. FilesOf(new DirectoryInfo(Root)).Order(StringComparer.Ordinal)];

    /// <summary>Every project, by its name.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } =
        Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileNameWithoutExtension(file));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static XDocument ReadXml(string file) => XDocument.Load(Path.Combine(Root, file));

    /// <summary>The names of the projects that one refers to.</summary>
    public static IEnumerable<string> ReferencesOf(string project) => ReadXml(Projects[project])
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no {Solution} above {AppContext.BaseDirectory}");
    }

    private static IEnumerable<string> FilesOf(DirectoryInfo folder) => folder.EnumerateFiles()
        .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
        .Concat(folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name)).SelectMany(FilesOf));
}
