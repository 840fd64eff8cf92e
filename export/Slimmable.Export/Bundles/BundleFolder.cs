using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Puts a bundle in place at once, see <see cref="AtomicFolder"/>.</summary>
internal static class BundleFolder
{
    /// <inheritdoc cref="AtomicFolder.Write"/>
    public static T Write<T>(string folder, Func<string, T> fill) => new AtomicFolder("bundle", BundleFormat.ManifestFile, IsBundle).Write(folder, fill);

    /// <summary>Any version and even a damaged bundle may be replaced, but not what only happens to have a file of that name.</summary>
    private static bool IsBundle(string folder)
    {
        try
        {
            using var stream = RegularFile.OpenRead(Path.Combine(folder, BundleFormat.ManifestFile));
            if (stream.Length > BundleFormat.LargestManifest)
            {
                return false;
            }

            using var manifest = JsonDocument.Parse(stream);
            return manifest.RootElement.ValueKind == JsonValueKind.Object && manifest.RootElement.TryGetProperty("formatVersion", out _);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidFileException or JsonException)
        {
            return false;
        }
    }
}
