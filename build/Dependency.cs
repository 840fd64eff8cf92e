namespace Slimmable.Build;

/// <summary>Something the program needs, and where it was found.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The version that will be used.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record Dependency(string Name, string Version, string Origin);
