namespace Slimmable.Models;

/// <summary>Writes a file so that a reader sees either the old one or the whole new one.</summary>
public static class AtomicFile
{
    private const string TemporarySuffix = ".tmp";
    private const string UniqueFormat = "N";
    private const int UniqueLength = 32;

    /// <summary>Writes beside <paramref name="path"/> and renames; on any failure the target is untouched and nothing is left behind.</summary>
    /// <param name="path">The file to create or replace. Its folder is created where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="InvalidFileException">The file cannot be written (folder unwritable, disk full).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target) ?? throw new InvalidFileException(path, "expected a file, found a root folder");
        var temporary = Path.Combine(folder, $"{TemporaryPrefix(target)}{Guid.NewGuid().ToString(UniqueFormat)}{TemporarySuffix}");
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

    /// <summary>Deletes what writers that were killed left beside a file. Nobody else may be writing the file at the time.</summary>
    /// <param name="path">The file that they were to write; it is not touched itself.</param>
    /// <exception cref="InvalidFileException">A leftover cannot be deleted.</exception>
    public static void RemoveLeftovers(string path)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target);
        try
        {
            foreach (var leftover in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
            {
                if (IsTemporaryOf(target, Path.GetFileName(leftover)))
                {
                    File.Delete(leftover);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"what an earlier run left beside it cannot be deleted: {fault.Message}", fault);
        }
    }

    /// <summary>To the letter: a pattern would match those of <c>a.b</c> for <c>a</c>, and a file's name may hold what a pattern means something by.</summary>
    private static bool IsTemporaryOf(string target, string name)
    {
        var prefix = TemporaryPrefix(target);
        return name.Length == prefix.Length + UniqueLength + TemporarySuffix.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(TemporarySuffix, StringComparison.Ordinal)
            && Guid.TryParseExact(name.AsSpan(prefix.Length, UniqueLength), UniqueFormat, out _);
    }

    private static string TemporaryPrefix(string target) => $".{Path.GetFileName(target)}.";
}
