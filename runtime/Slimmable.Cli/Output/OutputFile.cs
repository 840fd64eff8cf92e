using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>A file that a verb will write at the end of long work.</summary>
internal static class OutputFile
{
    /// <summary>Finds out before the work whether the file can be written, rather than after it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It cannot.</exception>
    public static void RequireWritable(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidFileException(path, "cannot be written: expected a file, found a folder");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = File.Create(Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"), bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be written: {fault.Message}", fault);
        }
    }
}
