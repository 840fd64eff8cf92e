using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>ONNX Runtime is not there, or failed while it ran a graph.</summary>
public sealed class EngineException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One line: what was asked of the engine, and what came of it.</param>
    /// <param name="innerException">What the engine said, where it said something.</param>
    public EngineException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The engine's messages span lines; the first says it.</summary>
    internal static string FirstLine(Exception fault) => fault.Message.TrimStart().Split('\n', 2)[0].TrimEnd();
}
