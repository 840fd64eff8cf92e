using System.Text.Json;

namespace Slimmable.Models;

/// <summary>Reads and writes <c>manifest.json</c>.</summary>
public static class ManifestFile
{
    /// <summary>Reads and checks a bundle's manifest. The files it names are not opened.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <exception cref="InvalidFileException">The manifest is missing, is not one, or breaks a rule; every fault is listed.</exception>
    public static BundleManifest Read(string folder)
    {
        var path = Path.Combine(folder, BundleFormat.ManifestFile);
        BundleManifest manifest;
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > BundleFormat.LargestManifest)
            {
                throw new InvalidFileException(path, $"expected at most {BundleFormat.LargestManifest} bytes, found {stream.Length}");
            }

            CheckVersion(path, stream);
            manifest = JsonSerializer.Deserialize(stream, ModelsJson.Default.BundleManifest) ?? throw new JsonException("found null");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Text that is not UTF-8 is found only when it is asked for, and is then an InvalidOperationException.
            throw new InvalidFileException(path, $"expected a manifest, found: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }

        var faults = ManifestRules.FaultsOf(manifest);
        return faults.Count == 0 ? manifest : throw new InvalidFileException(path, string.Join("; ", faults));
    }

    /// <summary>Writes a bundle's manifest, indented. The same manifest gives the same bytes.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="manifest">The manifest; it must keep the rules.</param>
    /// <exception cref="InvalidOptionsException">The manifest breaks a rule; every fault is listed.</exception>
    /// <exception cref="InvalidFileException">The file cannot be written.</exception>
    public static void Write(string folder, BundleManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var faults = ManifestRules.FaultsOf(manifest);
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(BundleFormat.ManifestFile, faults);
        }

        AtomicFile.Write(
            Path.Combine(folder, BundleFormat.ManifestFile),
            stream =>
            {
                JsonSerializer.Serialize(stream, manifest, ModelsJson.Indented.BundleManifest);
                stream.Write("\n"u8);
            });
    }

    /// <summary>The version is looked at first, so that a later format is refused by its number and not by a member it has anew.</summary>
    private static void CheckVersion(string path, FileStream stream)
    {
        using (var document = JsonDocument.Parse(stream))
        {
            var found = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("formatVersion", out var version)
                ? version.GetRawText()
                : "none";
            if (found != $"{BundleFormat.Version}")
            {
                throw new InvalidFileException(path, $"expected formatVersion {BundleFormat.Version}, found {found}");
            }
        }

        stream.Position = 0;
    }
}
