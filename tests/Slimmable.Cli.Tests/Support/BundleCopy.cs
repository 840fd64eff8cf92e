using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>A bundle of a test's own, to be damaged.</summary>
internal static class BundleCopy
{
    public static string Of(string bundle, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(bundle))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    /// <summary>Replaces a file and makes every hash fit again, as somebody would who wants it to pass.</summary>
    public static void Replace(string bundle, string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(bundle, name), content);
        var manifest = ManifestFile.Read(bundle);
        var file = new BundleFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        ManifestFile.Write(bundle, manifest with { Files = [.. manifest.Files.Select(known => known.Name == name ? file : known)] });
        ManifestHash.Write(bundle);
    }

    /// <summary>Edits the manifest's text, and makes its hash fit again.</summary>
    public static void EditManifest(string bundle, string old, string changed)
    {
        var path = Path.Combine(bundle, BundleFormat.ManifestFile);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, changed, StringComparison.Ordinal));
        ManifestHash.Write(bundle);
    }
}
