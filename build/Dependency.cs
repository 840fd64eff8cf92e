namespace Slimmable.Build;

/// <summary>Something the program needs, and where it was found.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">The version that will be used, or <see cref="None"/>.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record Dependency(string Name, string Version, string Origin)
{
    /// <summary>The version of something that was not found.</summary>
    public const string None = "none";
}
