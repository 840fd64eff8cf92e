using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Training cannot go on, e.g. because a loss is no number any more.</summary>
public sealed class TrainingException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One line: where, what was expected, what was found.</param>
    /// <param name="cause">What led to it, or null.</param>
    public TrainingException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
