using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>A request does not fit the model: its shape, its numbers, or the subnet it names.</summary>
public sealed class InvalidInputException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="what">What of the request is at fault: <c>input</c>, a row of it, <c>subnet</c>.</param>
    /// <param name="reason">What was expected and what was found.</param>
    public InvalidInputException(string what, string reason)
        : base($"{what}: {reason}")
    {
        What = what;
        Reason = reason;
    }

    /// <summary>What of the request is at fault.</summary>
    public string What { get; }

    /// <summary>What was expected and what was found.</summary>
    public string Reason { get; }
}
