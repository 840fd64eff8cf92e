namespace Slimmable.Tests;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("slimmable-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Everything in the folder and below, by its path in it, with forward slashes.</summary>
    public IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
        .Select(entry => System.IO.Path.GetRelativePath(Path, entry).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
