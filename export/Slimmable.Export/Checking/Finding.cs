namespace Slimmable.Export;

/// <summary>Something that is wrong with a bundle.</summary>
/// <param name="Id">Which kind of fault it is, e.g. <c>SLIM310</c>; stable from version to version. docs/findings.md explains each.</param>
/// <param name="File">The file at fault, by its name in the bundle's folder.</param>
/// <param name="Message">The thing, what was expected and what was found, on one line.</param>
public sealed record Finding(string Id, string File, string Message)
{
    /// <summary>The finding on one line: <c>FILE: ID: MESSAGE</c>.</summary>
    public override string ToString() => $"{File}: {Id}: {Message}";
}
