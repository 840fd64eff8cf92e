namespace Slimmable.Tests;

/// <summary>A folder that is made anew for every mutant, in a folder of the test's own that is gone after it.</summary>
internal sealed class MutantFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("slimmable-mutants-").FullName;
    private int made;

    /// <summary>The newest one.</summary>
    public string Path => System.IO.Path.Combine(root, $"{made}");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Deletes the folder and makes an empty one.</summary>
    public void Renew()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        made++;
        Directory.CreateDirectory(Path);
    }

    /// <summary>Makes a folder with one file in it.</summary>
    public string Renew(string name, ReadOnlySpan<byte> content)
    {
        Renew();
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
