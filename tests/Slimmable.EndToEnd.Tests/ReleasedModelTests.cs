using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.EndToEnd.Tests;

/// <summary>The checkpoint that is released, on the real images that it carries.</summary>
public sealed class ReleasedModelTests
{
    private const int LargestFile = 5_000_000;

    private static readonly string File = Path.Combine(Root(), "models", "zoo", "fashion-mnist", "model.safetensors");

    [Fact]
    public void Trainer_and_runtime_agree_at_every_width_and_on_every_route()
    {
        TorchSharp.torch.set_num_threads(2);
        var checkpoint = Checkpoint.Read(File);
        var golden = checkpoint.Golden!;
        using var folder = new TemporaryFolder();
        BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Full = true });
        using var model = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { Threads = 2 });

        var trainer = TrainerAnswers.Of(checkpoint, golden.Input, golden.Count);
        Agreement.AtEveryWidth(trainer, model);
        Agreement.Routed(trainer, model);

        // What was recorded when it was trained, maybe on another machine, still holds.
        Assert.Equal(64, golden.Count);
        Assert.Empty(GoldenCheck.Run(model).Beyond());
        Assert.Empty(ModelChecker.CheckBundle(folder.File("bundle"), ManifestFile.Read(folder.File("bundle"))));
    }

    [Fact]
    public void It_is_small_and_better_than_ninety_percent_at_the_widest()
    {
        var accuracy = Checkpoint.Read(File).Info.Accuracy!;

        Assert.InRange(new FileInfo(File).Length, 1, LargestFile);
        Assert.Equal(10_000, accuracy.Images);
        Assert.True(accuracy.Subnets[^1].Top1 > 90, $"{accuracy.Subnets[^1]}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "Slimmable.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
