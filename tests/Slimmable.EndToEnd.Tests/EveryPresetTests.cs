using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Every family, with the weights that training starts from: the trainer and ONNX Runtime answer the same.</summary>
public sealed class EveryPresetTests
{
    private const int Images = 3;

    /// <summary>Statistics over fewer would have channels of next to no variance, which blow rounding up.</summary>
    private const int ImagesForStatistics = 16;

    /// <summary>Large enough for every operator, small enough for many networks.</summary>
    private static readonly DataShape Small = new(3, 64, 64, 10);

    /// <summary>
    /// Every DS-MBNet, and of the others, whose presets differ in depth and in the list of widths, one for each kind of node and block.
    /// </summary>
    public static TheoryData<string> Presets =>
    [
        .. Architectures.Names.Where(name => name.StartsWith("ds-", StringComparison.Ordinal)),
        "s-mobilenet-v1-32", "us-resnet-20-32", "s-resnet-29-32", "us-vgg-11-32",
    ];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Trainer_and_runtime_agree(string preset) => AssertAgree(Architectures.Build(preset));

    [Fact]
    public void Trainer_and_runtime_agree_on_the_stem_for_photographs() => AssertAgree(Architectures.Build("s-resnet-18", Small));

    [Theory]
    [InlineData(AffineSharing.Shared)]
    [InlineData(AffineSharing.Private)]
    public void Trainer_and_runtime_agree_on_hidden_layers(AffineSharing affine) => AssertAgree(Vgg.Build(new VggOptions
    {
        Name = "vgg-small",
        Data = Small,
        Convolutions = [1, 1, 1, 1, 1],
        Channels = [16, 16, 32, 32, 64],
        Hidden = [128, 96],
        Affine = affine,
    }));

    private static void AssertAgree(SupernetGraph graph)
    {
        torch.set_num_threads(2);
        using var folder = new TemporaryFolder();
        using var supernet = new Supernet(graph);
        var subnets = ChooseSubnets(graph);
        WeightInitializer.Initialize(supernet, seed: 11);
        Normalize(supernet, subnets);
        var input = Noise(graph, Images, seed: 12);
        var trainer = TrainerAnswers.Of(supernet, input, Images, subnets);
        Assert.All(
            trainer.Logits.Values.Append(trainer.GateLogits).OfType<float[]>(),
            logits => Assert.True(logits.Max() - logits.Min() > 0.05, "the answers are too small to differ"));

        var checkpoint = new Checkpoint(graph, supernet.Weights(), new CheckpointInfo());
        BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Full = true, Subnets = [.. subnets.Select(subnet => subnet.Name)] });
        using var model = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { Threads = 2, LargestBatch = Images });

        Agreement.AtEveryWidth(trainer, model);
        if (graph.Gate is not null)
        {
            Agreement.Routed(trainer, model);
        }
    }

    /// <summary>Of so many widths these are enough here: the gate's candidates; without a gate the narrowest, the widest and one between.</summary>
    private static List<Subnet> ChooseSubnets(SupernetGraph graph) => graph.Gate is { } gate
        ? [.. gate.Candidates.Select(graph.Subnet)]
        : [graph.Routable[0], graph.Routable[graph.Routable.Count / 2], graph.Routable[^1]];

    /// <summary>
    /// Fresh weights with fresh statistics answer next to nothing; with a batch's own statistics they answer at the usual size. A classifier of few
    /// classes is drawn with large weights, which would show the rounding of everything before it enlarged: it gets those of PyTorch's own layers.
    /// </summary>
    private static void Normalize(Supernet supernet, IEnumerable<Subnet> subnets)
    {
        using var noGradient = torch.no_grad();
        var (graph, input) = (supernet.Graph, supernet.Graph.Input);
        var noise = Noise(graph, ImagesForStatistics, seed: 13);
        foreach (var subnet in subnets)
        {
            using var scope = torch.NewDisposeScope();
            var images = torch.tensor(noise, [ImagesForStatistics, graph.Axis(input.Channels).Largest, input.Height, input.Width]);
            supernet.Logits(images, subnet, new ForwardMode(BatchStatistics: true, Momentum: 1));
        }

        var classifier = supernet["head.classifier.weight"];
        classifier.mul_(Math.Sqrt((double)classifier.shape[0] / classifier.shape[1]));
    }

    /// <summary>Noise on a colour of its own: images of noise alone are one like the other to deep layers, and their difference little but rounding.</summary>
    private static float[] Noise(SupernetGraph graph, int count, int seed)
    {
        var random = new Random(seed);
        var pixels = graph.Input.Height * graph.Input.Width;
        return
        [
            .. Enumerable.Range(0, count * graph.Axis(graph.Input.Channels).Largest).SelectMany(_ =>
            {
                var level = (random.NextSingle() * 2) - 1;
                return Enumerable.Range(0, pixels).Select(_ => level + random.NextSingle() - 0.5f).ToList();
            }),
        ];
    }
}
