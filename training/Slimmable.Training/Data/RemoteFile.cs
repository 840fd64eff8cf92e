namespace Slimmable.Training;

/// <summary>A gzipped file that can be had from the network.</summary>
/// <param name="Name">Its name on the server and in the data set's folder.</param>
/// <param name="Sha256">
/// Lower-case hexadecimal, of the file or of its unzipped content: mirrors zip the same content in different ways, but what others have
/// published is mostly the hash of one such file.
/// </param>
public sealed record RemoteFile(string Name, string Sha256);
