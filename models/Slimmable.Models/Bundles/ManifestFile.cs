using System.Text;
using System.Text.Json;

namespace Slimmable.Models;

/// <summary>Reads and writes <c>manifest.json</c>.</summary>
public static class ManifestFile
{
    /// <summary>Reads and checks a bundle's manifest. The files it names are not opened.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <exception cref="InvalidFileException">
    /// The manifest is missing, lies outside the folder, is not one, or breaks a rule; the first 100 faults are listed.
    /// </exception>
    public static BundleManifest Read(string folder)
    {
        var path = Path.Combine(folder, BundleFormat.ManifestFile);
        BundleManifest manifest;
        try
        {
            var json = WithoutByteOrderMark(ReadBytes(folder, path));
            if (VersionIn(json) is var version && version != $"{BundleFormat.Version}")
            {
                throw new InvalidFileException(path, $"expected formatVersion {BundleFormat.Version}, found {Excerpt.Of(version)}");
            }

            manifest = JsonSerializer.Deserialize(json, ModelsJson.Default.BundleManifest) ?? throw new JsonException("found null");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Text that is not UTF-8 is found only when it is asked for, and is then an InvalidOperationException.
            throw new InvalidFileException(path, $"expected a manifest, found: {Excerpt.Of(fault)}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }

        var faults = ManifestRules.FaultsOf(manifest);
        return faults.Count == 0 ? manifest : throw new InvalidFileException(path, string.Join("; ", faults));
    }

    /// <summary>Writes a bundle's manifest, indented. The same manifest gives the same bytes.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="manifest">The manifest; it must keep the rules.</param>
    /// <exception cref="InvalidOptionsException">The manifest breaks a rule; the first 100 faults are listed.</exception>
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

    private static byte[] ReadBytes(string folder, string path)
    {
        using var stream = ContainedFile.OpenRead(folder, BundleFormat.ManifestFile);
        if (stream.Length > BundleFormat.LargestManifest)
        {
            throw new InvalidFileException(path, $"expected at most {BundleFormat.LargestManifest} bytes, found {stream.Length}");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) => json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    /// <summary>
    /// The version as it stands in the file. It is looked at first, so that a later format is refused by its number and not by a member it has anew; and
    /// by a reader that builds no document, which would take up to thirty times the file.
    /// </summary>
    private static string VersionIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return "none";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("formatVersion"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isVersion)
            {
                return Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
            }
        }

        return "none";
    }
}
