using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>Bundles whose graphs preprocess, or compute in 16 bits, or both.</summary>
public sealed class BakedAndHalvedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ImageLayout.Nchw, GraphPrecision.Full, BundleLayout.SharedTrunk)]
    [InlineData(ImageLayout.Nhwc, GraphPrecision.Half, BundleLayout.SharedTrunk)]
    [InlineData(ImageLayout.Nhwc, GraphPrecision.Full, BundleLayout.Standalone)]
    [InlineData(null, GraphPrecision.Half, BundleLayout.Standalone)]
    public void Every_file_is_valid_by_our_checker_and_by_ONNXs_and_the_same_twice(ImageLayout? bake, GraphPrecision precision, BundleLayout layout)
    {
        var options = new ExportOptions { Full = true, Routed = true, Layout = layout, BakePreprocessing = bake, Precision = precision };

        var manifest = BundleExporter.Export(WithPreprocessing(TinyGraphs.EveryOperator()), folder.File("bundle"), options);
        BundleExporter.Export(WithPreprocessing(TinyGraphs.EveryOperator()), folder.File("again"), options);

        Assert.Equal((bake is null ? NumberType.F32 : NumberType.U8, precision), (manifest.Input.Type, manifest.Precision));
        Assert.Empty(ModelChecker.CheckBundle(folder.File("bundle"), manifest));
        PythonOnnx.Check(Directory.GetFiles(folder.File("bundle"), "*.onnx"));
        Assert.Equivalent(manifest, ManifestFile.Read(folder.File("bundle")), strict: true);
        Assert.All(Directory.GetFiles(folder.File("bundle")), file =>
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder.File("again"), Path.GetFileName(file)))));
    }

    [Fact]
    public void A_trunk_that_hands_on_its_input_hands_on_what_became_of_it()
    {
        var options = new ExportOptions { BakePreprocessing = ImageLayout.Nhwc, Precision = GraphPrecision.Half };

        var manifest = BundleExporter.Export(WithPreprocessing(TinyGraphs.EmptyTrunk()), folder.File("bundle"), options);

        Assert.Equal([2, 2, 1], manifest.Input.Shape);
        Assert.Equal([1, 2, 2], manifest.Features!.Shape);
        Assert.Empty(ModelChecker.CheckBundle(folder.File("bundle"), manifest));
        PythonOnnx.Check(Directory.GetFiles(folder.File("bundle"), "*.onnx"));
    }

    [Fact]
    public void Without_preprocessing_there_is_nothing_to_bake()
    {
        var options = new ExportOptions { BakePreprocessing = ImageLayout.Nchw };

        var fault = Assert.Throws<InvalidOptionsException>(() => BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator()), folder.File("bundle"), options));

        Assert.Equal(["bakePreprocessing: expected a checkpoint that says how its images are preprocessed, found none"], fault.Faults);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void Weights_beyond_16_bits_leave_nothing_behind()
    {
        var checkpoint = RandomCheckpoint.Of(TinyGraphs.EveryOperator());
        Array.Fill(checkpoint.Weights["head.linear.bias"], 1e5f);

        var fault = Assert.Throws<SlimmableException>(() => BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Precision = GraphPrecision.Half }));

        Assert.Equal("graph 'every-operator/subnet-narrow', tensor 'head.linear.bias': expected numbers from -65504 to 65504, as float16 holds, found 100000 at element 0", fault.Message);
        Assert.Empty(folder.Names());
    }

    private static Checkpoint WithPreprocessing(SupernetGraph graph)
    {
        var channels = graph.Axis(graph.Input.Channels).Largest;
        double[] Each(double number) => [.. Enumerable.Repeat(number, channels)];
        return RandomCheckpoint.Of(graph, golden: true) with { Info = new CheckpointInfo { Preprocessing = new(1.0 / 255, Each(0.5), Each(0.25)) } };
    }
}
