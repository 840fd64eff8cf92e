namespace Slimmable.Export;

/// <summary>A kind of fault that a bundle can have.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What is wrong, in a few words.</param>
public sealed record FindingRule(string Id, string Title)
{
    /// <summary>A finding of this kind.</summary>
    /// <param name="file">The file at fault, by its name in the bundle's folder.</param>
    /// <param name="message">The thing, what was expected and what was found, on one line.</param>
    public Finding At(string file, string message) => new(Id, file, message);
}
