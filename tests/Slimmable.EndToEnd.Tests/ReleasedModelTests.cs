using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.EndToEnd.Tests;

/// <summary>The checkpoint that is released, on the real images that it carries.</summary>
public sealed class ReleasedModelTests
{
    private const int LargestFile = 5_000_000;

    private static readonly string File = Repository.ReleasedCheckpoint;

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
    public void It_is_small_and_accurate_and_its_gate_saves_what_the_card_says()
    {
        var checkpoint = Checkpoint.Read(File);
        var accuracy = checkpoint.Info.Accuracy!;
        var (narrowest, widest) = (accuracy.Subnets[0], accuracy.Subnets[^1]);
        var madds = (double)CostModel.Of(checkpoint.Graph, checkpoint.Graph.Routable[^1]).MAdds;

        Assert.InRange(new FileInfo(File).Length, 1, LargestFile);
        Assert.Equal(10_000, accuracy.Images);
        Assert.True(widest.Top1 >= 94.2, $"{widest}");
        Assert.True(narrowest.Top1 >= 92.6, $"{narrowest}");
        var (own, other) = (accuracy.RoutedAt[0], accuracy.RoutedAt[1]);
        Assert.True(own.Top1 >= widest.Top1 - 0.3 && own.MeanMAdds * 2.5 <= madds, $"{own}");
        Assert.True(other.Top1 >= widest.Top1 - 0.8 && other.MeanMAdds * 4 <= madds, $"{other}");
    }
}
