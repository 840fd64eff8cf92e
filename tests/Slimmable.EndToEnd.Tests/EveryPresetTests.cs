using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Every architecture that can be named, with the weights that training starts from.</summary>
public sealed class EveryPresetTests
{
    /// <summary>Of so many widths the gate's candidates are enough here.</summary>
    private const int MostSubnets = 4;

    private const int Images = 3;

    public static TheoryData<string> Presets => [.. Architectures.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Trainer_and_runtime_agree(string preset)
    {
        torch.set_num_threads(2);
        using var folder = new TemporaryFolder();
        using var supernet = new Supernet(Architectures.Build(preset));
        var graph = supernet.Graph;
        var subnets = graph.Routable.Take(MostSubnets).ToList();
        WeightInitializer.Initialize(supernet, seed: 11);
        Normalize(supernet, subnets);
        var input = Noise(graph, Images, seed: 12);
        var trainer = TrainerAnswers.Of(supernet, input, Images, subnets);
        Assert.All(trainer.Logits.Values.Append(trainer.GateLogits), logits => Assert.True(logits.Max() - logits.Min() > 0.05, "the answers are too small to differ"));

        var checkpoint = new Checkpoint(graph, supernet.Weights(), new CheckpointInfo());
        BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Full = true, Subnets = [.. subnets.Select(subnet => subnet.Name)] });
        using var model = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { Threads = 2, LargestBatch = Images });

        Agreement.AtEveryWidth(trainer, model);
        Agreement.Routed(trainer, model);
    }

    /// <summary>Fresh weights with fresh statistics answer next to nothing; with a batch's own statistics they answer at the usual size.</summary>
    private static void Normalize(Supernet supernet, IEnumerable<Subnet> subnets)
    {
        using var noGradient = torch.no_grad();
        foreach (var subnet in subnets)
        {
            using var scope = torch.NewDisposeScope();
            var input = supernet.Graph.Input;
            var images = torch.tensor(
                Noise(supernet.Graph, Images, seed: 13), [Images, supernet.Graph.Axis(input.Channels).Largest, input.Height, input.Width]);
            supernet.Logits(images, subnet, new ForwardMode(BatchStatistics: true, Momentum: 1));
        }
    }

    private static float[] Noise(SupernetGraph graph, int count, int seed)
    {
        var random = new Random(seed);
        var length = count * graph.Axis(graph.Input.Channels).Largest * graph.Input.Height * graph.Input.Width;
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
