using System.Text.Json;
using Slimmable.Tests;
using Xunit.Abstractions;

namespace Slimmable.Models.Tests;

public sealed class ManifestMutationTests(ITestOutputHelper output) : IDisposable
{
    private const string Name = BundleFormat.ManifestFile;
    private const int Seed = 20_210_331;

    /// <summary>Of members that need not be there; null is an empty text here.</summary>
    private static readonly string[] Defaults = ["", "float32", "nchw"];

    private readonly MutantFolder folder = new();
    private readonly TempFolder rewritten = new();
    private readonly PathTricks tricks = new();

    public void Dispose()
    {
        folder.Dispose();
        rewritten.Dispose();
        tricks.Dispose();
    }

    [Fact]
    public void Ten_thousand_mutated_files_are_read_right_or_refused()
    {
        byte[][] seeds = [Json(TinyManifest.SharedTrunk), Json(TinyManifest.Standalone)];
        new MutationRun("manifest", output).Run(Seed, random => Make(seeds[random.Next(seeds.Length)], random), Read);
    }

    private Mutant Make(byte[] whole, Random random)
    {
        var (file, mutation) = random.Next(20) switch
        {
            < 12 => JsonMutations.Apply(whole, random),
            < 17 => ByteMutations.Apply(whole, random),
            17 => (Longer(whole, BundleFormat.LargestManifest + random.Next(-1, 2)), "about as long as a manifest may be"),
            _ => (whole, ""),
        };
        var path = folder.Renew(Name, file);
        var mutant = new Mutant(mutation, file.Length);
        if (mutation.Length > 0)
        {
            return mutant;
        }

        var (trick, leadsOutside) = tricks.Apply(path, random);
        return mutant with { Mutation = trick, LeadsOutside = leadsOutside };
    }

    private Action Read()
    {
        var manifest = ManifestFile.Read(folder.Path);
        return () => Prove(manifest);
    }

    /// <summary>Written again it says what the file says, and what the file leaves out is as it is by default.</summary>
    private void Prove(BundleManifest manifest)
    {
        ManifestFile.Write(rewritten.Path, manifest);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(folder.File(Name)));
        using var found = JsonDocument.Parse(File.ReadAllBytes(rewritten.File(Name)));
        AssertSame(expected.RootElement, found.RootElement);
    }

    private static void AssertSame(JsonElement expected, JsonElement found)
    {
        Assert.Equal(expected.ValueKind, found.ValueKind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.All(expected.EnumerateObject(), member => AssertSame(member.Value, found.GetProperty(member.Name)));
                Assert.All(found.EnumerateObject(), member => Assert.True(expected.TryGetProperty(member.Name, out _) || Defaults.Contains($"{member.Value}"), member.Name));
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), found.GetArrayLength());
                Assert.All(expected.EnumerateArray().Zip(found.EnumerateArray()), pair => AssertSame(pair.First, pair.Second));
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), found.GetDouble(), Math.Abs(expected.GetDouble()) * 1e-7); // Offsets are 32-bit floats.
                break;
            default:
                Assert.Equal($"{expected}", $"{found}");
                break;
        }
    }

    private static byte[] Longer(byte[] json, long length)
    {
        var longer = new byte[length];
        Array.Fill(longer, (byte)' ');
        json.CopyTo(longer, 0);
        return longer;
    }

    private byte[] Json(BundleManifest manifest)
    {
        ManifestFile.Write(rewritten.Path, manifest);
        return File.ReadAllBytes(rewritten.File(Name));
    }
}
