using System.Globalization;
using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Checks a bundle's files: there, inside, and what the manifest says they are; and none besides.</summary>
internal static class FileCheck
{
    /// <summary>What entries begin with that Kubernetes keeps in a volume for itself.</summary>
    private const string VolumePrefix = "..";

    /// <summary>Checks a file's place, size and hash.</summary>
    public static BundleCheck Run(string folder, BundleFile file)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} bytes, sha-256 {file.Sha256}");
        return new(file.Name, "file", detail, FindingIn(folder, file) is { } finding ? [finding] : []);
    }

    /// <summary>Checks the manifest's own hash.</summary>
    public static BundleCheck ManifestHash(string folder)
    {
        IReadOnlyList<Finding> findings = [];
        try
        {
            Models.ManifestHash.Check(folder);
        }
        catch (InvalidFileException fault)
        {
            findings = [FindingRules.ManifestHash.At(BundleFormat.ManifestHashFile, fault.Reason)];
        }

        return new(BundleFormat.ManifestHashFile, "file", "the manifest's hash", findings);
    }

    /// <summary>Looks for what the manifest does not list.</summary>
    public static BundleCheck Unknown(string folder, BundleManifest manifest)
    {
        var known = manifest.Files.Select(file => file.Name).Append(BundleFormat.ManifestFile).Append(BundleFormat.ManifestHashFile).ToHashSet();
        var list = new FindingList(BundleFormat.ManifestFile);
        foreach (var name in Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name) && !name.StartsWith(VolumePrefix, StringComparison.Ordinal))
            {
                list.Add(FindingRules.FileUnknown, $"files: {FindingList.Quote(name)} is in the folder and not listed");
            }
        }

        return new(BundleFormat.ManifestFile, "listed", "no file besides those listed", list.Found);
    }

    private static Finding? FindingIn(string folder, BundleFile file)
    {
        var path = Path.Combine(folder, file.Name);
        try
        {
            if (!Path.Exists(path) && new FileInfo(path).LinkTarget is null)
            {
                return FindingRules.FileMissing.At(file.Name, "expected a file, found none");
            }

            var found = new FileInfo(ContainedFile.PlaceOf(folder, file.Name));
            if (found.Length != file.Bytes)
            {
                return FindingRules.FileSize.At(file.Name, string.Create(CultureInfo.InvariantCulture, $"expected {file.Bytes} bytes, found {found.Length}"));
            }

            // An empty file is not opened: it may be a pipe, and would never end.
            using var stream = found.Length == 0 ? Stream.Null : found.OpenRead();
            var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            return hash == file.Sha256 ? null : FindingRules.FileHash.At(file.Name, $"expected sha-256 {file.Sha256}, found {hash}");
        }
        catch (InvalidFileException fault)
        {
            return FindingRules.FileOutside.At(file.Name, fault.Reason);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return FindingRules.FileUnreadable.At(file.Name, $"cannot be read: {FindingList.Clean(fault.Message)}");
        }
    }
}
