using Slimmable.Models;
using Slimmable.Tests;
using Xunit.Abstractions;

namespace Slimmable.Runtime.Tests;

public sealed class BundleMutationTests : IDisposable
{
    private const int Seed = 20_210_411;
    private const string SecretName = "secret";

    private readonly ITestOutputHelper output;
    private readonly MutantFolder folder = new();
    private readonly PathTricks tricks = new();
    private readonly string[] names = [.. SmallBundle.Files.Keys];
    private readonly byte[] manifest;

    public BundleMutationTests(ITestOutputHelper output)
    {
        this.output = output;
        folder.Renew();
        ManifestFile.Write(folder.Path, SmallBundle.Manifest);
        manifest = File.ReadAllBytes(folder.File(BundleFormat.ManifestFile));
    }

    public void Dispose()
    {
        folder.Dispose();
        tricks.Dispose();
    }

    [Fact]
    public void Ten_thousand_mutated_bundles_are_opened_right_or_refused() => new MutationRun("bundle", output).Run(Seed, Make, Open);

    private Mutant Make(Random random)
    {
        folder.Renew();
        File.WriteAllBytes(folder.File(BundleFormat.ManifestFile), manifest);
        foreach (var (name, content) in SmallBundle.Files)
        {
            File.WriteAllBytes(folder.File(name), content);
        }

        var mutant = Mutate(names[random.Next(names.Length)], random);
        return mutant with { Bytes = new FileInfo(folder.File(BundleFormat.ManifestFile)) is { Exists: true } file ? file.Length : 0 };
    }

    private Mutant Mutate(string name, Random random) => random.Next(10) switch
    {
        < 3 => WithManifest(JsonMutations.Apply(manifest, random)),
        3 => WithManifest(ByteMutations.Apply(manifest, random)),
        4 => WithFile(name, ByteMutations.Apply(SmallBundle.Files[name], random), isDescribed: false),
        5 => WithFile(name, ByteMutations.Apply(SmallBundle.Files[name], random), isDescribed: true),
        6 => Named(name, random),
        7 => Linked(name),
        8 => Secret(name, random),
        _ => Trick(random.Next(4) == 0 ? BundleFormat.ManifestFile : name, random),
    };

    private Mutant WithManifest((byte[] Json, string Mutation) mutated)
    {
        File.WriteAllBytes(folder.File(BundleFormat.ManifestFile), mutated.Json);
        return new(mutated.Mutation, 0);
    }

    private Mutant WithFile(string name, (byte[] Content, string Mutation) mutated, bool isDescribed)
    {
        File.WriteAllBytes(folder.File(name), mutated.Content);
        if (isDescribed)
        {
            var files = SmallBundle.Manifest.Files.Select(file => file.Name == name ? SmallBundle.Describe(name, mutated.Content) : file);
            ManifestFile.Write(folder.Path, SmallBundle.Manifest with { Files = [.. files] });
        }

        return new($"{mutated.Mutation} in {name}{(isDescribed ? ", described" : "")}", 0);
    }

    /// <summary>The manifest itself names a file outside, with its size and hash.</summary>
    private Mutant Named(string name, Random random)
    {
        var secret = Path.Combine(Path.GetDirectoryName(folder.Path)!, SecretName);
        File.WriteAllBytes(secret, SmallBundle.Files[name]);
        string[] ways = [$"../{SecretName}", secret, $"./../{SecretName}", $"{Path.GetFileName(folder.Path)}/../../{SecretName}", $"..\\\\{SecretName}", $"../{SecretName}\\u0000"];
        var way = ways[random.Next(ways.Length)];
        var json = System.Text.Encoding.UTF8.GetString(manifest).Replace($"\"{name}\"", $"\"{way}\"", StringComparison.Ordinal);
        File.WriteAllText(folder.File(BundleFormat.ManifestFile), json);
        return new($"{name} named {way}", 0) { LeadsOutside = true };
    }

    /// <summary>A link that stays inside, as in a volume of Kubernetes: that is no fault.</summary>
    private Mutant Linked(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder.File("..data"));
            File.Move(folder.File(name), folder.File($"..data/{name}"));
            File.CreateSymbolicLink(folder.File(name), $"..data/{name}");
        }

        return new($"{name} linked within", 0);
    }

    /// <summary>Other bytes outside: no message may tell what they are.</summary>
    private Mutant Secret(string name, Random random)
    {
        var content = SmallBundle.Files[name].ToArray();
        random.NextBytes(content);
        File.WriteAllBytes(folder.File(name), content);
        return Trick(name, random) is { LeadsOutside: true } mutant ? mutant with { Secret = SmallBundle.HashOf(content) } : new("other bytes", 0);
    }

    private Mutant Trick(string name, Random random)
    {
        var (mutation, leadsOutside) = tricks.Apply(folder.File(name), random);
        return new(mutation, 0) { LeadsOutside = leadsOutside };
    }

    private Action Open()
    {
        var bundle = Bundle.Open(folder.Path);
        return () => Prove(bundle);
    }

    /// <summary>Every file that the manifest names is there with its bytes.</summary>
    private static void Prove(Bundle bundle)
    {
        Assert.Equal(2, bundle.Manifest.Subnets.Count);
        Assert.Superset(bundle.Manifest.References.ToHashSet(), bundle.Manifest.Files.Select(file => file.Name).ToHashSet());
        Assert.All(bundle.Manifest.Files, file => Assert.Equal(SmallBundle.Describe(file.Name, File.ReadAllBytes(bundle.PathOf(file.Name))), file));
    }
}
