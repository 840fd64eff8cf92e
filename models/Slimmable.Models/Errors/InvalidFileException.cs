namespace Slimmable.Models;

/// <summary>A file from outside does not hold what it should.</summary>
public sealed class InvalidFileException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file or folder at fault.</param>
    /// <param name="reason">What was expected and what was found.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public InvalidFileException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }

    /// <summary>What was expected and what was found, without the path.</summary>
    public string Reason { get; }
}
