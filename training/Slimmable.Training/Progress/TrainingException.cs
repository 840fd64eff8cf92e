using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Training cannot go on, e.g. because a loss is no number any more.</summary>
public sealed class TrainingException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One line: where, what was expected, what was found.</param>
    public TrainingException(string message)
        : base(message)
    {
    }
}
