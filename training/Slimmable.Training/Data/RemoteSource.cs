namespace Slimmable.Training;

/// <summary>Where a data set's files are served.</summary>
/// <param name="Address">The address that the files' names are appended to; ends with a slash.</param>
/// <param name="Files">The files.</param>
public sealed record RemoteSource(Uri Address, IReadOnlyList<RemoteFile> Files);
