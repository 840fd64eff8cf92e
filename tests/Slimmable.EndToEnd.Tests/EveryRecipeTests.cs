using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.EndToEnd.Tests;

/// <summary>Every family by every Stage I recipe, from images to a bundle that validates; a few steps each.</summary>
public sealed class EveryRecipeTests : IDisposable
{
    /// <summary>Of the networks with many widths, only these go into the bundle.</summary>
    private const int MostSubnets = 5;

    private static readonly string[] Families =
    [
        "ds-mbnet-imagenet", "ds-mbnet-32", "ds-mbnet-fashion-quick", "ds-resnet-fashion", "s-mobilenet-v1-32", "us-mobilenet-v1-32", "s-resnet-18", "us-resnet-20-32",
        "s-resnet-29-32", "us-vgg-11-32",
    ];

    private static readonly DataSet Data = TinyData.Of(train: 64, test: 8, side: 32);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> FamiliesAndRecipes
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var family in Families)
            {
                foreach (var recipe in new[] { "s-net", "us-net", "ds-net-ib", "ds-net-ieb" })
                {
                    all.Add(family, recipe);
                }
            }

            return all;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(FamiliesAndRecipes))]
    public void A_family_trains_by_a_recipe_into_a_valid_bundle(string family, string recipe)
    {
        var read = RecipeFile.Read(Path.Combine(AppContext.BaseDirectory, "recipes", $"{recipe}.json"));
        var gated = Architectures.Build(family).Gate is not null;

        AssertValid(Shortened(read, family) with { StageTwo = gated ? ShortGate : null });
    }

    [Theory]
    [InlineData(LabelRule.TryBest, false)]
    [InlineData(LabelRule.GiveUp, false)]
    [InlineData(LabelRule.TryBest, true)]
    public void A_gate_learns_by_either_label_rule(LabelRule rule, bool doubleSoftmax)
    {
        var read = RecipeFile.Read(Path.Combine(AppContext.BaseDirectory, "recipes", "ds-net-ieb.json"));
        var gate = ShortGate with { LabelRule = rule, DoubleSoftmax = doubleSoftmax, Candidates = ["uniform-0", "uniform-2"] };

        var checkpoint = AssertValid(Shortened(read, "ds-mbnet-32") with { StageTwo = gate });

        Assert.Equal(["uniform-0", "uniform-2"], checkpoint.Graph.Gate!.Candidates);
        Assert.Equal(["uniform-0", "uniform-2"], checkpoint.Info.Accuracy!.Routed!.Shares.Keys.Order());
    }

    private static StageTwoOptions ShortGate => new() { Epochs = 1, StepsPerEpoch = 2, BatchSize = 16, LearningRate = 0.1 };

    private static Recipe Shortened(Recipe recipe, string architecture) => recipe with
    {
        Architecture = architecture,
        StageOne = recipe.StageOne with { Epochs = 1, StepsPerEpoch = 2, BatchSize = 16, WarmUpEpochs = 0, LearningRate = 0.01, DecayEpochs = [] },

        // The averages of training are still where they began after two steps.
        Calibration = recipe.Calibration with { Batches = 2 },
    };

    private Checkpoint AssertValid(Recipe recipe)
    {
        torch.set_num_threads(2);
        var checkpoint = new TrainingRun(recipe, "{}", Data, folder.File("model.safetensors"), new Silence()).Run();
        if (recipe.BatchNorm is { } sharing)
        {
            Assert.All(checkpoint.Graph.Nodes.OfType<BatchNormNode>(), norm => Assert.Equal(sharing, norm.Affine));
        }

        var routable = checkpoint.Graph.Routable;
        IEnumerable<Subnet> some = routable.Count <= MostSubnets ? routable : routable.Take(MostSubnets - 1).Append(routable[^1]);
        BundleExporter.Export(checkpoint, folder.File("bundle"), new ExportOptions { Full = true, Subnets = [.. some.Select(subnet => subnet.Name)] });

        Assert.Empty(ModelChecker.CheckBundle(folder.File("bundle"), ManifestFile.Read(folder.File("bundle"))));
        using var model = SlimmableModel.Load(folder.File("bundle"), new ModelOptions { Threads = 2, LoadStandalone = true });
        var report = GoldenCheck.Run(model);
        Assert.Equal(Data.Test.Count, report.Samples);
        Assert.Empty(report.Beyond());
        return checkpoint;
    }
}
