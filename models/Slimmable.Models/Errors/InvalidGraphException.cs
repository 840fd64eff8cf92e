namespace Slimmable.Models;

/// <summary>A graph definition has faults; all of them are listed.</summary>
public sealed class InvalidGraphException : SlimmableException
{
    /// <summary>Creates the error.</summary>
    /// <param name="graph">The graph's name.</param>
    /// <param name="faults">Every fault found, at least one.</param>
    public InvalidGraphException(string graph, IReadOnlyList<string> faults)
        : base($"graph '{graph}': {string.Join("; ", faults)}")
    {
        Faults = faults;
    }

    /// <summary>Every fault found, in the graph's order.</summary>
    public IReadOnlyList<string> Faults { get; }
}
