namespace Slimmable.Export;

/// <summary>A node is not one that its operator's rule accepts.</summary>
/// <param name="rule">Which kind of fault it is.</param>
/// <param name="message">What was expected and what was found.</param>
internal sealed class NodeFaultException(FindingRule rule, string message) : Exception(message)
{
    public FindingRule Rule => rule;
}
