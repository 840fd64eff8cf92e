namespace Slimmable.Models;

/// <summary>Options or a recipe have faults; all of them are listed.</summary>
public sealed class InvalidOptionsException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="source">What the options are of: a recipe's path, a type's name.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    public InvalidOptionsException(string source, IReadOnlyList<string> faults)
        : base($"{source}: {string.Join("; ", faults)}")
    {
        Faults = faults;
    }

    /// <summary>Every fault found.</summary>
    public IReadOnlyList<string> Faults { get; }
}
