using Slimmable.Export;
using Slimmable.Models;
using Xunit.Abstractions;

namespace Slimmable.Runtime.Tests;

/// <summary>Bundles that compute in 16-bit floats, on ONNX Runtime's processor, which casts where it has no such kernel.</summary>
public sealed class HalfPrecisionTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(ImageLayout.Nhwc)]
    public void The_released_network_answers_as_the_trainer_did_within_the_tolerance_of_its_precision(ImageLayout? layout)
    {
        var checkpoint = Checkpoint.Read(Path.Combine(Root(), "models", "zoo", "fashion-mnist", "model.safetensors"));
        var options = new ExportOptions { Full = true, Routed = true, BakePreprocessing = layout };
        BundleExporter.Export(checkpoint, folder.File("full"), options);
        var manifest = BundleExporter.Export(checkpoint, folder.File("half"), options with { Precision = GraphPrecision.Half });

        var (full, half) = (Check("full"), Check("half"));

        output.WriteLine($"float32 {full.Largest}, float16 {half.Largest}");
        Assert.Equal(GraphPrecision.Half, manifest.Precision);
        Assert.Equal(64, half.Samples);
        Assert.Empty(full.Beyond());
        Assert.NotEmpty(half.Beyond());
        Assert.Empty(half.Beyond(GoldenReport.DefaultToleranceOf(manifest.Precision)));
        Assert.InRange(Size("half"), 1, 0.6 * Size("full"));
    }

    [Theory]
    [InlineData(BundleLayout.SharedTrunk)]
    [InlineData(BundleLayout.Standalone)]
    public void Inputs_and_outputs_stay_as_they_are_and_the_gate_chooses_alike(BundleLayout layout)
    {
        SampleNetwork.Export(folder.File("full"), layout: layout);
        BundleExporter.Export(
            SampleNetwork.Checkpoint(SampleNetwork.Graph, null, null), folder.File("half"), new ExportOptions { Full = true, Layout = layout, Precision = GraphPrecision.Half });
        using var full = SlimmableModel.Load(folder.File("full"));
        using var half = SlimmableModel.Load(folder.File("half"));

        var (expected, found) = (full.Route(SampleNetwork.Input), half.Route(SampleNetwork.Input));

        Assert.Equivalent(full.Manifest.Features, half.Manifest.Features);
        Assert.InRange(expected.Subnets.Zip(found.Subnets).Count(pair => pair.First == pair.Second), SampleNetwork.Inputs - 2, SampleNetwork.Inputs);
        var (logits, rounded) = (full.Route(SampleNetwork.Input, "uniform-3").Logits, half.Route(SampleNetwork.Input, "uniform-3").Logits);
        var largest = logits.Max(MathF.Abs);
        Assert.All(logits.Zip(rounded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / largest, 0, GoldenReport.DefaultTolerance16));
        Assert.NotEqual(logits, rounded);
    }

    [Fact]
    public void A_residual_network_without_a_gate_runs_too()
    {
        var graph = ResNet.Build(new ResNetOptions
        {
            Name = "tiny",
            Data = new DataShape(3, 32, 32, 5),
            Multipliers = [0.5, 1],
            Divisor = 1,
            Block = ResNetBlock.Bottleneck,
            StemChannels = 8,
            Stages = [new(4, 2, 1), new(8, 1, 2)],
        });
        var checkpoint = SampleNetwork.Checkpoint(graph, null, null);
        BundleExporter.Export(checkpoint, folder.File("full"), new ExportOptions());
        BundleExporter.Export(checkpoint, folder.File("half"), new ExportOptions { Precision = GraphPrecision.Half });
        using var full = SlimmableModel.Load(folder.File("full"));
        using var half = SlimmableModel.Load(folder.File("half"));
        var input = SampleNetwork.Input[..(2 * 3 * 32 * 32)];

        var (expected, found) = (full.Route(input, full.Subnets[^1].Name).Logits, half.Route(input, full.Subnets[^1].Name).Logits);

        var largest = expected.Max(MathF.Abs);
        Assert.All(expected.Zip(found), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / largest, 0, GoldenReport.DefaultTolerance16));
    }

    private GoldenReport Check(string name)
    {
        using var model = SlimmableModel.Load(folder.File(name), new ModelOptions { Threads = 1 });
        return GoldenCheck.Run(model);
    }

    private double Size(string name) => Directory.GetFiles(folder.File(name), "*.onnx").Sum(file => new FileInfo(file).Length);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Slimmable.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
