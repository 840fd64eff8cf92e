using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class EveryPresetTests
{
    /// <summary>Large enough for every operator, small enough for many networks.</summary>
    private static readonly DataShape Small = new(3, 64, 64, 10);

    /// <summary>
    /// Every DS-MBNet, and of the others, whose presets differ in depth and in the list of widths, one for each kind of node and block.
    /// </summary>
    public static TheoryData<string> Presets =>
    [
        .. Architectures.Names.Where(name => name.StartsWith("ds-", StringComparison.Ordinal)),
        "us-mobilenet-v1-32", "us-resnet-20-32", "s-resnet-29-32", "s-vgg-11-32",
    ];

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_exports_to_files_that_our_checker_and_onnx_itself_accept(string preset) => AssertAccepted(Architectures.Build(preset));

    [Fact]
    public void The_stem_for_photographs_is_accepted_too() => AssertAccepted(Architectures.Build("s-resnet-18", Small));

    [Fact]
    public void Hidden_layers_are_accepted_too() => AssertAccepted(Vgg.Build(
        new VggOptions { Name = "vgg-small", Data = Small, Convolutions = [1, 1, 1, 1, 1], Channels = [8, 8, 16, 16, 32], Hidden = [64, 48] }));

    private static void AssertAccepted(SupernetGraph graph)
    {
        using var folder = new TemporaryFolder();
        var bundle = folder.File("bundle");
        var checkpoint = RandomCheckpoint.Of(graph, golden: true);
        string[] subnets = [.. (graph.Gate?.Candidates ?? [graph.Routable[0].Name]).Append(graph.Routable[^1].Name).Distinct()];

        var manifest = BundleExporter.Export(checkpoint, bundle, new ExportOptions { Full = true, Subnets = subnets });

        // Without a gate there is neither its graph nor a tail for each subnet.
        Assert.Equal(graph.Gate is null ? subnets.Length + 1 : (2 * subnets.Length) + 2, manifest.Files.Count);
        Assert.Equivalent(manifest, ManifestFile.Read(bundle), strict: true);
        Assert.Empty(ModelChecker.CheckBundle(bundle, manifest));
        PythonOnnx.Check(Directory.GetFiles(bundle, "*.onnx"));
    }
}
