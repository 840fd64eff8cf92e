using System.Security.Cryptography;
using System.Text;

namespace Slimmable.Models;

/// <summary>
/// The hash of the manifest, which holds the hashes of all other files: <c>manifest.sha256</c> beside it, as <c>sha256sum --check</c> reads it. It
/// tells a damaged bundle from a whole one; who edits a manifest by hand writes it anew.
/// </summary>
public static class ManifestHash
{
    /// <summary>Writes the hash of the manifest that lies in a folder.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <exception cref="InvalidFileException">The manifest cannot be read, or the hash cannot be written.</exception>
    public static void Write(string folder)
    {
        var line = Encoding.UTF8.GetBytes(LineOf(folder));
        AtomicFile.Write(Path.Combine(folder, BundleFormat.ManifestHashFile), stream => stream.Write(line));
    }

    /// <summary>Compares the manifest with its hash.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <exception cref="InvalidFileException">One of the two cannot be read, or they do not fit; the message names both.</exception>
    public static void Check(string folder)
    {
        var path = Path.Combine(folder, BundleFormat.ManifestHashFile);
        var expected = LineOf(folder);
        var found = Encoding.UTF8.GetString(Read(folder, BundleFormat.ManifestHashFile, expected.Length + 1));
        if (found != expected)
        {
            throw new InvalidFileException(path, $"expected '{expected.TrimEnd()}', found '{found.TrimEnd()}': it or {BundleFormat.ManifestFile} was changed");
        }
    }

    private static string LineOf(string folder)
    {
        var manifest = Read(folder, BundleFormat.ManifestFile, BundleFormat.LargestManifest);
        return $"{Convert.ToHexStringLower(SHA256.HashData(manifest))}  {BundleFormat.ManifestFile}\n";
    }

    /// <summary>A file's bytes, the first of them where there are more than expected.</summary>
    private static byte[] Read(string folder, string name, long most)
    {
        using var stream = ContainedFile.OpenRead(folder, name);
        try
        {
            var bytes = new byte[Math.Min(most, stream.Length)];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(Path.Combine(folder, name), $"cannot be read: {fault.Message}", fault);
        }
    }
}
