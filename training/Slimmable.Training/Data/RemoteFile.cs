namespace Slimmable.Training;

/// <summary>A gzipped file that can be had from the network.</summary>
/// <param name="Name">Its name on the server and in the data set's folder.</param>
/// <param name="ContentSha256">
/// Lower-case hexadecimal, of the unzipped content: mirrors zip the same content in different ways.
/// </param>
public sealed record RemoteFile(string Name, string ContentSha256);
