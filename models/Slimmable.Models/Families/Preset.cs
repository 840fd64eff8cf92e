namespace Slimmable.Models;

/// <summary>An architecture that can be asked for by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">What it is usually trained on.</param>
/// <param name="Build">Builds it for some data.</param>
internal sealed record Preset(string Name, DataShape Data, Func<DataShape, SupernetGraph> Build);
