namespace Slimmable.Export;

/// <summary>What was written for a server.</summary>
/// <param name="Name">The model's name, by which requests call it.</param>
/// <param name="Graph">The bundle's file that became the model.</param>
/// <param name="Bytes">The size of everything that was written.</param>
public sealed record ServedModel(string Name, string Graph, long Bytes);
