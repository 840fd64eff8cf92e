namespace Slimmable.Cli;

/// <summary>The user stopped the work.</summary>
/// <param name="message">What is left of it.</param>
/// <param name="innerException">How the work ended.</param>
internal sealed class StoppedException(string message, Exception innerException) : OperationCanceledException(message, innerException);
