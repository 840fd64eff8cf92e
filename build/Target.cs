namespace Slimmable.Build;

/// <summary>Something the front door can be asked for.</summary>
/// <param name="Name">What to type.</param>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="Needs">Names of the targets that run before it, in order.</param>
/// <param name="Action">What it does. It can be repeated at no cost, and throws <see cref="BuildException"/> when it cannot be done.</param>
public sealed record Target(string Name, string Summary, IReadOnlyList<string> Needs, Action<Workspace> Action);
