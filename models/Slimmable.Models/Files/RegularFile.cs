using Microsoft.Win32.SafeHandles;

namespace Slimmable.Models;

/// <summary>Opens files from outside. What has no length (an empty file, a pipe, a device) is not opened: a pipe may keep its reader waiting for ever.</summary>
public static class RegularFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <exception cref="InvalidFileException">The file is missing, empty, not a file, or cannot be read.</exception>
    public static SafeFileHandle OpenHandle(string path)
    {
        try
        {
            var place = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return new FileInfo(place).Length > 0
                ? File.OpenHandle(place)
                : throw new InvalidFileException(path, "expected content, found an empty file, a pipe or a device");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Opens a file for reading from its start to its end.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <exception cref="InvalidFileException">The file is missing, empty, not a file, or cannot be read.</exception>
    public static FileStream OpenRead(string path) => new(OpenHandle(path), FileAccess.Read);
}
