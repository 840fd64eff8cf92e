using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>Changes to a bundle that keep its sizes and hashes right, so that only the change itself can be at fault.</summary>
internal static class ManifestFiles
{
    public static void Rewrite(string bundle, Func<BundleManifest, BundleManifest> change)
    {
        var manifest = change(ManifestFile.Read(bundle));
        ManifestFile.Write(bundle, manifest with { Files = [.. manifest.Files.Select(file => Describe(Path.Combine(bundle, file.Name)))] });
    }

    private static BundleFile Describe(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return new(Path.GetFileName(path), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
