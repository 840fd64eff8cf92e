namespace Slimmable.Models;

/// <summary>
/// A file that has to lie in a folder. A name from outside may lead out of the folder by itself, and a link in the folder may lead anywhere. Links that
/// stay inside are let through: that is how volumes of Kubernetes look.
/// </summary>
public static class ContainedFile
{
    /// <summary>Where a file really lies, without a link on the way. Nothing is read from it.</summary>
    /// <param name="folder">The folder; it may lie behind a link itself.</param>
    /// <param name="name">The file's name or its path in the folder; not trusted.</param>
    /// <returns>An absolute path.</returns>
    /// <exception cref="InvalidFileException">The file lies elsewhere, is missing, or is a folder; or its links lead in circles.</exception>
    public static string PlaceOf(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            var real = RealPath.Of(path);
            var inside = RealPath.Of(folder);
            if (!real.StartsWith(Path.EndsInDirectorySeparator(inside) ? inside : inside + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new InvalidFileException(path, $"expected a file inside {folder}, found a link to {real}");
            }

            return File.Exists(real)
                ? real
                : throw new InvalidFileException(path, $"expected a file, found {(Directory.Exists(real) ? "a folder" : "none")}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Opens a file for reading from its start to its end.</summary>
    /// <param name="folder">The folder; it may lie behind a link itself.</param>
    /// <param name="name">The file's name or its path in the folder; not trusted.</param>
    /// <exception cref="InvalidFileException">The file lies elsewhere, is missing, empty or not a file, or cannot be read.</exception>
    public static FileStream OpenRead(string folder, string name)
    {
        var place = PlaceOf(folder, name);
        try
        {
            return RegularFile.OpenRead(place);
        }
        catch (InvalidFileException fault)
        {
            throw new InvalidFileException(Path.Combine(folder, name), fault.Reason, fault);
        }
    }
}
