using System.Diagnostics;

namespace Slimmable.Tests;

/// <summary>Puts something else in a file's place: a folder, a pipe, a device, links in circles, links that lead out of the folder to the very same bytes.</summary>
internal sealed class PathTricks : IDisposable
{
    private readonly string outside = Directory.CreateTempSubdirectory("slimmable-outside-").FullName;
    private readonly string pipe;
    private readonly (string Name, Action<string, Random> Apply)[] kinds;
    private readonly (string Name, Action<string> Apply)[] waysOut;

    public PathTricks()
    {
        pipe = Path.Combine(outside, "pipe");
        kinds =
        [
            ("nothing", (path, _) => File.Delete(path)),
            ("an empty file", (path, _) => File.WriteAllBytes(path, [])),
            ("a folder", (path, _) => Replace(path, () => Directory.CreateDirectory(path))),
        ];
        waysOut = [];
        if (OperatingSystem.IsWindows())
        {
            return; // Links need rights there that a test need not have.
        }

        using (var process = Process.Start("mkfifo", pipe))
        {
            process.WaitForExit();
        }

        string[] notFiles = [pipe, "/dev/zero", "/dev/null", "/dev/stdin", "/proc/self/mem", "nowhere", ".", "..", "/"];
        kinds =
        [
            .. kinds,
            ("a link to no file", (path, random) => Link(path, notFiles[random.Next(notFiles.Length)])),
            ("a link to itself", (path, _) => Link(path, Path.GetFileName(path))),
            ("links in a circle", (path, _) => Circle(path)),
        ];
        waysOut =
        [
            ("a link out of the folder", path => Link(path, MoveOut(path))),
            ("a link out by ..", path => Link(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, MoveOut(path)))),
            ("a link through a linked folder", LinkThroughFolder),
            ("a link through .. behind a link", LinkThroughParent),
        ];
    }

    /// <summary>Applies one to a file that is there.</summary>
    /// <returns>What was done, and whether whoever follows the path now reads what lies outside the folder.</returns>
    public (string Mutation, bool LeadsOutside) Apply(string path, Random random)
    {
        var kind = random.Next(kinds.Length + waysOut.Length);
        if (kind < kinds.Length)
        {
            kinds[kind].Apply(path, random);
            return ($"{kinds[kind].Name} for {Path.GetFileName(path)}", false);
        }

        waysOut[kind - kinds.Length].Apply(path);
        return ($"{waysOut[kind - kinds.Length].Name} for {Path.GetFileName(path)}", true);
    }

    public void Dispose() => Directory.Delete(outside, recursive: true);

    private static void Replace(string path, Action by)
    {
        File.Delete(path);
        by();
    }

    private static void Link(string path, string target) => Replace(path, () => File.CreateSymbolicLink(path, target));

    private static void Circle(string path)
    {
        Link(path, $"{Path.GetFileName(path)}.other");
        File.CreateSymbolicLink($"{path}.other", Path.GetFileName(path));
    }

    private string MoveOut(string path)
    {
        var place = Path.Combine(outside, Path.GetFileName(path));
        File.Move(path, place, overwrite: true);
        return place;
    }

    private void LinkThroughFolder(string path)
    {
        Directory.CreateSymbolicLink($"{path}.folder", outside);
        Link(path, Path.Combine($"{Path.GetFileName(path)}.folder", Path.GetFileName(MoveOut(path))));
    }

    /// <summary>The system walks to the parent of the link's target; a path that is only tidied up seems to stay, and finds the same file there.</summary>
    private void LinkThroughParent(string path)
    {
        var decoy = $"{path}.decoy";
        File.Copy(path, decoy);
        File.Copy(path, Path.Combine(outside, Path.GetFileName(decoy)), overwrite: true);
        var below = Directory.CreateDirectory(Path.Combine(outside, "below")).FullName;
        Directory.CreateSymbolicLink($"{path}.folder", below);
        Link(path, Path.Combine($"{Path.GetFileName(path)}.folder", "..", Path.GetFileName(decoy)));
    }
}
