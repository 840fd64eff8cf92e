using Microsoft.ML.OnnxRuntime;
using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>Bundles whose graphs take raw pixels and preprocess them.</summary>
public sealed class RawPixelTests : IDisposable
{
    private const int Images = 6;
    private const int Plane = 64 * 64;
    private const int ImageLength = 3 * Plane;

    private static readonly Preprocessing Preprocessing = new(1.0 / 255, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
    private static readonly byte[] Pixels = MakePixels();

    private readonly TemporaryFolder folder = new();

    public static TheoryData<ImageLayout, BundleLayout> Layouts => new()
    {
        { ImageLayout.Nchw, BundleLayout.SharedTrunk },
        { ImageLayout.Nchw, BundleLayout.Standalone },
        { ImageLayout.Nhwc, BundleLayout.SharedTrunk },
        { ImageLayout.Nhwc, BundleLayout.Standalone },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Raw_pixels_are_answered_as_preprocessed_numbers_are(ImageLayout layout, BundleLayout split)
    {
        using var plain = Load("plain", new ExportOptions { Full = true, Layout = split });
        using var baked = Load("baked", new ExportOptions { Full = true, Layout = split, BakePreprocessing = layout, Routed = true });
        var (numbers, pixels) = (Preprocessed(Pixels), Arranged(layout));

        var (expected, found) = (plain.Route(numbers), baked.Route(pixels));

        Assert.True(expected.Subnets.Distinct().Count() > 1, "the gate sends every image one way: this proves little");
        Assert.Equal(expected.Subnets, found.Subnets);
        AssertClose(expected.Logits, found.Logits);
        AssertClose(expected.GateLogits, found.GateLogits);
        AssertClose(plain.Route(numbers, "uniform-1").Logits, baked.Route(pixels, "uniform-1").Logits);
        AssertClose(plain.RunStandalone(numbers, "uniform-2").Logits, baked.RunStandalone(pixels, "uniform-2").Logits);

        using var routed = new RoutedGraph(baked.Bundle, baked.Manifest.Routed!, baked.Threads);
        var (logits, subnets) = routed.Run(pixels, Images);
        Assert.Equal(expected.Subnets, subnets);
        AssertClose(expected.Logits, logits);
    }

    [Fact]
    public void The_manifest_says_what_the_graphs_take()
    {
        using var model = Load("baked", new ExportOptions { BakePreprocessing = ImageLayout.Nhwc });

        Assert.Equivalent(new BundleInput("input", [64, 64, 3], NumberType.U8, ImageLayout.Nhwc), model.Manifest.Input, strict: true);
        Assert.Equal((3, 64, 64), model.Manifest.Input.Image);
        Assert.Equal(5, model.RowsIn([5, 64, 64, 3]));
        Assert.Equal(Preprocessing.Std, model.Manifest.Preprocessing!.Std);
    }

    [Fact]
    public void Numbers_where_pixels_are_due_and_pixels_where_numbers_are_due_are_refused()
    {
        using var plain = Load("plain", new ExportOptions { Full = true });
        using var baked = Load("baked", new ExportOptions { Full = true, BakePreprocessing = ImageLayout.Nchw });
        const string Due = "input: expected bytes, as the bundle's graphs preprocess them, found 32-bit floats";
        const string NotDue = "input: expected preprocessed 32-bit floats, as the bundle's graphs do not preprocess, found bytes";
        var numbers = Preprocessed(Pixels);

        Assert.Equal(Due, Assert.Throws<InvalidInputException>(() => baked.Route(numbers)).Message);
        Assert.Equal(Due, Assert.Throws<InvalidInputException>(() => baked.RunStandalone(numbers.AsSpan(), "uniform-0")).Message);
        Assert.Equal(NotDue, Assert.Throws<InvalidInputException>(() => plain.Route(Pixels)).Message);
        Assert.Equal(NotDue, Assert.Throws<InvalidInputException>(() => plain.RunStandalone(Pixels.AsSpan(), "uniform-0")).Message);
        Assert.Equal(
            "input: expected whole inputs of [3, 64, 64], 12288 numbers each, found 12287 numbers",
            Assert.Throws<InvalidInputException>(() => baked.Route(Pixels.AsSpan(1, ImageLength - 1))).Message);
    }

    [Theory]
    [InlineData(ImageLayout.Nchw)]
    [InlineData(ImageLayout.Nhwc)]
    public void Golden_inputs_are_the_very_pixels_and_every_graph_agrees(ImageLayout layout)
    {
        using var model = Load("baked", new ExportOptions { Full = true, Routed = true, BakePreprocessing = layout }, Samples(Preprocessed(Pixels)));

        using (var golden = SafetensorsFile.Open(model.Bundle.PathOf(model.Manifest.Golden!)))
        {
            Assert.Equal([Images, .. model.Manifest.Input.Shape], golden.Entry("input").Shape);
            Assert.Equal(Arranged(layout), golden.UInt8s("input"));
        }

        var report = GoldenCheck.Run(model);
        Assert.Equal((Images, 10), (report.Samples, report.Graphs.Count));
        Assert.Empty(report.Beyond());
    }

    [Fact]
    public void Golden_inputs_that_no_pixels_become_are_left_out()
    {
        var numbers = Preprocessed(Pixels);
        numbers[77] = MathF.BitIncrement(numbers[77]);

        using var model = Load("baked", new ExportOptions { BakePreprocessing = ImageLayout.Nchw }, Samples(numbers));

        Assert.Null(model.Manifest.Golden);
        Assert.Equal(0, GoldenCheck.Run(model).Samples);
    }

    [Fact]
    public void Golden_numbers_in_a_bundle_of_pixels_are_refused()
    {
        using (var model = Load("baked", new ExportOptions { BakePreprocessing = ImageLayout.Nchw }, Samples(Preprocessed(Pixels))))
        {
            var path = model.Bundle.PathOf(model.Manifest.Golden!);
            List<TensorData> tensors;
            using (var golden = SafetensorsFile.Open(path))
            {
                tensors = [.. golden.Tensors.Values.Where(entry => entry.Name != "input").Select(entry => new TensorData(entry.Name, TensorType.F32, entry.Shape, golden.Bytes(entry.Name).ToArray()))];
            }

            SafetensorsWriter.Write(path, tensors.Append(TensorData.Of("input", Preprocessed(Pixels).AsSpan(), Images, 3, 64, 64)));
        }

        using var reloaded = SlimmableModel.Load(folder.File("baked"), Rewritten());
        Assert.Contains("'input': expected U8, found F32", Assert.Throws<InvalidFileException>(() => GoldenCheck.Run(reloaded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_numbers_in_a_bundle_of_pixels_is_refused()
    {
        Load("plain", new ExportOptions()).Dispose();
        ManifestFiles.Rewrite(folder.File("plain"), manifest => manifest with { Input = manifest.Input with { Type = NumberType.U8 } });

        var fault = Assert.Throws<InvalidFileException>(() => SlimmableModel.Load(folder.File("plain")));

        Assert.Contains("input 'input': expected a tensor of bytes, found", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ONNX_Runtime_hands_out_what_a_graph_says_of_itself()
    {
        using var model = Load("baked", new ExportOptions { BakePreprocessing = ImageLayout.Nhwc });

        using var session = new InferenceSession(model.Bundle.PathOf("gate.onnx"));

        var metadata = session.ModelMetadata;
        Assert.Equal("The trunk and the gate of ds-mbnet-mini: every image goes through them first. A width-adaptive network; metadata_props say more, under 'slimmable.'.", metadata.Description);
        Assert.Equal(
            ("gate", "uint8", "nhwc"),
            (metadata.CustomMetadataMap[GraphMetadata.Role], metadata.CustomMetadataMap[GraphMetadata.InputType], metadata.CustomMetadataMap[GraphMetadata.InputLayout]));
    }

    private ModelOptions Rewritten()
    {
        ManifestFiles.Rewrite(folder.File("baked"), manifest => manifest);
        return new ModelOptions();
    }

    private SlimmableModel Load(string name, ExportOptions options, GoldenSamples? golden = null)
    {
        var checkpoint = SampleNetwork.Checkpoint(SampleNetwork.Graph, golden, points: null);
        BundleExporter.Export(checkpoint with { Info = new CheckpointInfo { Preprocessing = Preprocessing } }, folder.File(name), options);
        return SlimmableModel.Load(folder.File(name), new ModelOptions { LargestBatch = 4 });
    }

    /// <summary>What the graphs without preprocessing answer to some numbers.</summary>
    private GoldenSamples Samples(float[] numbers)
    {
        using var model = Load("answering", new ExportOptions());
        return new(
            Images,
            numbers,
            SampleNetwork.Graph.Subnets.ToDictionary(subnet => subnet.Name, subnet => subnet.Routable ? model.Route(numbers, subnet.Name).Logits : new float[Images * 10]),
            model.Route(numbers).GateLogits);
    }

    private static float[] Preprocessed(byte[] pixels)
    {
        var numbers = new float[pixels.Length];
        Preprocessing.Apply(pixels, Plane, numbers);
        return numbers;
    }

    /// <summary>The pixels in a layout, place by place.</summary>
    private static byte[] Arranged(ImageLayout layout)
    {
        var arranged = new byte[Pixels.Length];
        for (var (index, image) = (0, 0); image < Images; image++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                for (var pixel = 0; pixel < Plane; pixel++)
                {
                    arranged[layout == ImageLayout.Nhwc ? (image * ImageLength) + (pixel * 3) + channel : index] = Pixels[index++];
                }
            }
        }

        return arranged;
    }

    /// <summary>Noise on a colour of each image's own, <c>[6, 3, 64, 64]</c>.</summary>
    private static byte[] MakePixels()
    {
        var random = new Random(3);
        var pixels = new byte[Images * ImageLength];
        foreach (var plane in pixels.Chunk(Plane).Index())
        {
            var level = random.Next(200);
            for (var pixel = 0; pixel < Plane; pixel++)
            {
                pixels[(plane.Index * Plane) + pixel] = (byte)(level + random.Next(56));
            }
        }

        return pixels;
    }

    private static void AssertClose(float[] expected, float[] found)
    {
        var unit = Math.Max(1, expected.Max(MathF.Abs));
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / unit, 0, 1e-4f));
    }
}
