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

        var manifest = BundleExporter.Export(checkpoint, bundle, new ExportOptions { Full = true });

        Assert.Equivalent(manifest, ManifestFile.Read(bundle), strict: true);
        Assert.Equal(checkpoint.Graph.Routable.Count * 2 + 2, manifest.Files.Count);
        Assert.Empty(manifest.Files.Where(file => file.Name.EndsWith(".onnx", StringComparison.Ordinal))
            .SelectMany(file => ModelChecker.Check(Path.Combine(bundle, file.Name))));
        PythonOnnx.Check(Directory.GetFiles(bundle, "*.onnx"));
    }
}
