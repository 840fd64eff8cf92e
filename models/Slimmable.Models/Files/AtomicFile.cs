namespace Slimmable.Models;

/// <summary>Writes a file so that a reader sees either the old one or the whole new one.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/> and renames; on any failure the target is untouched and nothing is left behind.</summary>
    /// <param name="path">The file to create or replace. Its folder is created where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InvalidFileException">The file cannot be written (folder unwritable, disk full).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? throw new InvalidFileException(path, "expected a file, found a root folder");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception fault)
        {
            if (File.Exists(temporary)) // Deleting where there is no folder would hide the fault.
            {
                File.Delete(temporary);
            }

            if (fault is IOException or UnauthorizedAccessException)
            {
                throw new InvalidFileException(path, $"cannot be written: {fault.Message}", fault);
            }

            throw;
        }
    }
}
