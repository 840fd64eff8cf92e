using System.CommandLine;
using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary><c>slimmable export CHECKPOINT</c>: a bundle of ONNX graphs.</summary>
internal static class ExportCommand
{
    private const string SharedTrunk = "shared-trunk";
    private const string Standalone = "standalone";

    public static Command Create()
    {
        var checkpoint = CommonOptions.Checkpoint();
        var output = CommonOptions.Output("the bundle's folder; an older bundle there is replaced");
        var layout = new Option<string>("--layout")
        {
            Description = "whether the subnets share the trunk's graph, or each has a graph of its own; without a gate: standalone",
            DefaultValueFactory = _ => SharedTrunk,
        };
        layout.AcceptOnlyFromAmong(SharedTrunk, Standalone);
        var full = new Option<bool>("--full") { Description = "also write each subnet as a graph of its own, from input to logits" };
        var routed = new Option<bool>("--routed") { Description = "also write the gate and all that it chooses from as one graph, which routes by itself" };
        var bake = new Option<ImageLayout?>("--bake-preprocessing")
        {
            Description = "the graphs take raw pixels, bytes laid out nchw or nhwc, and preprocess them",
        };
        bake.AcceptOnlyFromAmong("nchw", "nhwc");
        var half = new Option<bool>("--fp16") { Description = "compute in 16-bit floats, for graphics cards; inputs and outputs stay as they are" };
        var subnets = new Option<string[]>("--subnets")
        {
            Description = "only these subnets; default: all routable ones",
            AllowMultipleArgumentsPerToken = true,
        };
        var serving = new ServingChoice();
        var command = new Verb(
            "export",
            "Write a bundle: one ONNX graph per width bucket and one for the gate, with a manifest and golden samples.",
            "slimmable export fashion.safetensors --out fashion-bundle --full --routed",
            "slimmable export init.safetensors --out bundle --subnets uniform-0 uniform-1 uniform-2 uniform-3",
            "slimmable export fashion.safetensors --out models --for triton")
        {
            checkpoint,
            output,
            layout,
            full,
            routed,
            bake,
            half,
            subnets,
            serving.For,
            serving.StorageUri,
        };
        command.Does((parsed, cancellation) => Run(
            parsed.GetRequiredValue(checkpoint),
            parsed.GetRequiredValue(output),
            new ExportOptions
            {
                Layout = parsed.GetValue(layout) == Standalone ? BundleLayout.Standalone : BundleLayout.SharedTrunk,
                Full = parsed.GetValue(full),
                Routed = parsed.GetValue(routed),
                BakePreprocessing = parsed.GetValue(bake),
                Precision = parsed.GetValue(half) ? GraphPrecision.Half : GraphPrecision.Full,
                Subnets = parsed.GetValue(subnets) is { Length: > 0 } names ? names : null,
            },
            serving.Of(parsed, parsed.GetValue(subnets)),
            cancellation));
        return command;
    }

    private static void Run(string checkpoint, string output, ExportOptions options, ServingOptions? serving, CancellationToken cancellation)
    {
        using var supernet = CheckpointFile.Open(checkpoint);
        if (serving is not null)
        {
            var served = ServingExporter.Export(supernet, output, options, serving, cancellation);
            Console.Out.WriteLine($"{output}: {served.Name} for {serving.Target}, {served.Graph}, {Tables.Count(served.Bytes)} bytes");
            return;
        }

        var manifest = BundleExporter.Export(supernet, output, options, cancellation: cancellation);
        Console.Out.WriteLine(
            $"{output}: {manifest.Model}, {manifest.Subnets.Count} subnets, {manifest.Files.Count} files, {Tables.Count(manifest.Files.Sum(file => file.Bytes))} bytes");
        if (supernet.Golden is not null && manifest.Golden is null)
        {
            Console.Out.WriteLine($"{output}: no golden samples: those of {checkpoint} are not made of raw pixels");
        }
    }
}
