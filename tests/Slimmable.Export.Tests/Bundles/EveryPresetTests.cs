using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class EveryPresetTests
{
    public static TheoryData<string> Presets => [.. Architectures.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_exports_to_files_that_our_checker_and_onnx_itself_accept(string preset)
    {
        using var folder = new TemporaryFolder();
        var bundle = folder.File("bundle");
        var checkpoint = RandomCheckpoint.Of(Architectures.Build(preset), golden: true);
        var graph = checkpoint.Graph;
        string[] subnets = [.. graph.Gate!.Candidates.Append(graph.Routable[^1].Name).Distinct()];

        var manifest = BundleExporter.Export(checkpoint, bundle, new ExportOptions { Full = true, Subnets = subnets });

        Assert.Equal((2 * subnets.Length) + 2, manifest.Files.Count);
        Assert.Equivalent(manifest, ManifestFile.Read(bundle), strict: true);
        Assert.Empty(ModelChecker.CheckBundle(bundle, manifest));
        PythonOnnx.Check(Directory.GetFiles(bundle, "*.onnx"));
    }
}
