namespace Slimmable.Export;

/// <summary>Something in which two bundles or graphs differ.</summary>
/// <param name="File">The file, by its name in the bundle's folder.</param>
/// <param name="Part">What of it: <c>manifest</c>, <c>file</c>, <c>metadata</c>, <c>graph</c>, <c>weights</c> or <c>answers</c>.</param>
/// <param name="Message">Which thing it is, and what it is in the first and in the second, on one line.</param>
public sealed record Difference(string File, string Part, string Message)
{
    /// <summary>The difference on one line: <c>FILE: PART: MESSAGE</c>.</summary>
    public override string ToString() => $"{File}: {Part}: {Message}";
}
