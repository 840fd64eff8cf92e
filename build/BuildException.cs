namespace Slimmable.Build;

/// <summary>A target cannot be done. The message is all that the user gets to see of it.</summary>
/// <param name="message">What went wrong and what to do about it; empty where that has been printed already.</param>
/// <param name="exitCode">What the front door returns; never 0.</param>
public sealed class BuildException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>What the front door returns.</summary>
    public int ExitCode { get; } = exitCode;
}
