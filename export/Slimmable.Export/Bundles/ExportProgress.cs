namespace Slimmable.Export;

/// <summary>How far an export is.</summary>
/// <param name="File">The file that was just written.</param>
/// <param name="Done">Files written.</param>
/// <param name="Total">Files there will be, without the manifest.</param>
public readonly record struct ExportProgress(string File, int Done, int Total);
