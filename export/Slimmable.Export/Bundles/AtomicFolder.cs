using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Puts a whole folder in place at once: it is filled under another name beside the target and renamed. An older one in its place is moved aside first
/// and deleted last.
/// </summary>
/// <param name="what">What such a folder is, for messages; without an article.</param>
/// <param name="mark">The file that such a folder is known by, for messages.</param>
/// <param name="isOurs">Whether a folder is one that may be replaced.</param>
internal sealed class AtomicFolder(string what, string mark, Func<string, bool> isOurs)
{
    /// <summary>Fills and places a folder. On any failure the target is as it was and nothing is left beside it.</summary>
    /// <param name="folder">The target: missing, empty, or an older one of its kind.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <exception cref="InvalidFileException">The target holds something else, or cannot be written.</exception>
    public T Write<T>(string folder, Func<string, T> fill)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        CheckReplaceable(folder, target);
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            return FillAndPlace(target, $"{beside}.tmp", $"{beside}.old", fill);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(folder, $"cannot be written: {fault.Message}", fault);
        }
    }

    private static T FillAndPlace<T>(string target, string temporary, string old, Func<string, T> fill)
    {
        try
        {
            Directory.CreateDirectory(temporary);
            var result = fill(temporary);
            Place(temporary, target, old);
            return result;
        }
        finally
        {
            Delete(temporary);
            Delete(old);
        }
    }

    private void CheckReplaceable(string folder, string target)
    {
        if (File.Exists(target) || Path.GetDirectoryName(target) is null)
        {
            throw new InvalidFileException(folder, "expected a folder or nothing, found a file or a root");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !isOurs(target))
        {
            throw new InvalidFileException(folder, $"expected nothing, an empty folder or a {what} to replace, found a folder without a {mark} of ours");
        }
    }

    private static void Place(string temporary, string target, string old)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(temporary, target);
            return;
        }

        Directory.Move(target, old);
        try
        {
            Directory.Move(temporary, target);
        }
        catch
        {
            Directory.Move(old, target);
            throw;
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
