using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Puts a whole folder in place at once: it is filled under another name beside the target and renamed. An older bundle in its place is
/// moved aside first and deleted last.
/// </summary>
internal static class BundleFolder
{
    /// <summary>Fills and places a folder. On any failure the target is as it was and nothing is left beside it.</summary>
    /// <param name="folder">The target: missing, empty, or a bundle.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <exception cref="InvalidFileException">The target holds something else, or cannot be written.</exception>
    public static T Write<T>(string folder, Func<string, T> fill)
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

    private static void CheckReplaceable(string folder, string target)
    {
        if (File.Exists(target) || Path.GetDirectoryName(target) is null)
        {
            throw new InvalidFileException(folder, "expected a folder or nothing, found a file or a root");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !IsBundle(target))
        {
            throw new InvalidFileException(folder, $"expected nothing, an empty folder or a bundle to replace, found a folder without a {BundleFormat.ManifestFile} of ours");
        }
    }

    /// <summary>Any version and even a damaged bundle may be replaced, but not what only happens to have a file of that name.</summary>
    private static bool IsBundle(string folder)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, BundleFormat.ManifestFile));
            if (stream.Length > BundleFormat.LargestManifest)
            {
                return false;
            }

            using var manifest = JsonDocument.Parse(stream);
            return manifest.RootElement.ValueKind == JsonValueKind.Object && manifest.RootElement.TryGetProperty("formatVersion", out _);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
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
