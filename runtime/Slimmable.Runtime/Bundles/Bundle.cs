using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>A bundle on disk whose files are all there and are what the manifest says.</summary>
public sealed class Bundle
{
    private Bundle(string folder, BundleManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    /// <summary>The bundle's folder, an absolute path.</summary>
    public string Folder { get; }

    /// <summary>What the bundle holds.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>Reads the manifest and checks every file that it lists.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="verifyHashes">Whether the files are read and their SHA-256 compared; names, places and sizes always are.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="InvalidFileException">
    /// The manifest is at fault, or a file is missing, is not a file inside the folder, or differs in size or hash; the file is named.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static Bundle Open(string folder, bool verifyHashes = true, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var full = Path.GetFullPath(folder);
        var bundle = new Bundle(full, ManifestFile.Read(full));
        foreach (var file in bundle.Manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            bundle.Check(file, verifyHashes);
        }

        return bundle;
    }

    /// <summary>Where a file of the bundle lies.</summary>
    /// <param name="file">A name from the manifest.</param>
    public string PathOf(string file) => Path.Combine(Folder, file);

    private void Check(BundleFile file, bool verifyHash)
    {
        var path = PathOf(file.Name);
        try
        {
            var info = new FileInfo(ContainedFile.PlaceOf(Folder, file.Name));
            if (info.Length != file.Bytes)
            {
                throw new InvalidFileException(path, $"expected {file.Bytes} bytes, found {info.Length}");
            }

            if (verifyHash && HashOf(info) is var hash && hash != file.Sha256)
            {
                throw new InvalidFileException(path, $"expected sha-256 {file.Sha256}, found {hash}");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>An empty file is not opened: it may be a pipe, and would never end.</summary>
    private static string HashOf(FileInfo file)
    {
        using var stream = file.Length == 0 ? Stream.Null : file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
