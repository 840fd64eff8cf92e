using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>Reads recipes from JSON. Comments and trailing commas are allowed; unknown fields are not.</summary>
public static class RecipeFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads and checks a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">The file cannot be read or is not JSON.</exception>
    /// <exception cref="InvalidOptionsException">The recipe has faults; all are listed.</exception>
    public static Recipe Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= LargestFile
                ? Parse(path, File.ReadAllText(path))
                : throw new InvalidFileException(path, $"expected a recipe of at most {LargestFile} bytes, found {length}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidFileException(path, $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Checks a recipe that is at hand as text.</summary>
    /// <param name="source">What the text is called in messages.</param>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidFileException">The text is not JSON.</exception>
    /// <exception cref="InvalidOptionsException">The recipe has faults; all are listed.</exception>
    public static Recipe Parse(string source, string json)
    {
        using var document = ParseJson(source, json);
        var faults = new List<string>();
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOptionsException(source, [$"expected an object, found {document.RootElement.ValueKind}"]);
        }

        var fields = new RecipeFields(document.RootElement, string.Empty, faults);
        var recipe = new Recipe
        {
            Name = fields.Text("name"),
            Architecture = fields.Text("architecture", Architectures.Names),
            Subnets = fields.Texts("subnets"),
            DataSet = DataSourceFields.Read(fields, "dataSet"),
            Seed = fields.Long("seed", 0),
            TrainImages = fields.OptionalInteger("trainImages", 2, int.MaxValue),
            Augmentation = fields.Object("augmentation", AugmentationFields.Read, required: false) ?? new Augmentation(),
            StageOne = fields.Object("stageOne", ReadStageOne, required: true)!,
            BatchNorm = fields.OptionalChoice<AffineSharing>("batchNorm"),
            Calibration = fields.Object("calibration", ReadCalibration, required: false) ?? new CalibrationOptions(),
            StageTwo = fields.Object("stageTwo", ReadStageTwo, required: false),
        };
        fields.RejectUnknown();
        if (Architectures.Names.Contains(recipe.Architecture))
        {
            faults.AddRange(ArchitectureFaults(Architectures.Build(recipe.Architecture), recipe));
        }

        return faults.Count == 0 ? recipe : throw new InvalidOptionsException(source, faults);
    }

    private static JsonDocument ParseJson(string source, string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
                AllowDuplicateProperties = false,
            });
        }
        catch (JsonException fault)
        {
            throw new InvalidFileException(source, $"expected JSON, found: {fault.Message}", fault);
        }
    }

    /// <summary>What the architecture, whatever data it is built for, does not have.</summary>
    private static IEnumerable<string> ArchitectureFaults(SupernetGraph graph, Recipe recipe)
    {
        if (recipe.Subnets is { } kept)
        {
            if (kept.Distinct().Count() < kept.Count
                || kept.Except(graph.Subnets.Select(subnet => subnet.Name)).Any()
                || !kept.Intersect(graph.Routable.Select(subnet => subnet.Name)).Any())
            {
                var routable = string.Join(", ", graph.Routable.Select(subnet => subnet.Name));
                var others = string.Join(", ", graph.Subnets.Where(subnet => !subnet.Routable).Select(subnet => subnet.Name));
                yield return $"subnets: expected at least one of {routable}{(others.Length == 0 ? "" : $", beside them {others}")}, each once, found {string.Join(", ", kept)}";
                yield break;
            }

            graph = graph.WithSubnets(kept);
        }

        if (recipe.StageTwo is { } stageTwo)
        {
            foreach (var fault in GateFaults(graph, stageTwo))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What the graph cannot learn of Stage II.</summary>
    private static IEnumerable<string> GateFaults(SupernetGraph graph, StageTwoOptions options)
    {
        var names = graph.Routable.Select(subnet => subnet.Name).ToList();
        var places = (options.Candidates ?? []).Select(name => names.IndexOf(name)).ToList();
        if (graph.Gate is null)
        {
            yield return $"stageTwo: expected none, for architecture '{graph.Name}' has no gate{(graph.Routable.Count == 1 ? " with one subnet" : "")}";
        }
        else if (options.Candidates is { } candidates && (candidates.Count < 2 || places.Contains(-1) || places.Zip(places.Skip(1)).Any(pair => pair.First >= pair.Second)))
        {
            yield return $"stageTwo.candidates: expected at least two of {string.Join(", ", names)}, in this order, found {string.Join(", ", candidates)}";
        }
    }

    private static CalibrationOptions ReadCalibration(RecipeFields fields) =>
        new(fields.Integer("batches", 0, 100_000, 50), fields.Choice("average", StatisticsAverage.Exact));

    private static StageOneOptions ReadStageOne(RecipeFields fields) => ReadStage(fields, (epochs, learningRate) =>
    {
        var subnets = fields.Choice("subnets", SubnetSampling.Sandwich);
        var random = fields.OptionalInteger("randomSubnets", 0, 64);
        fields.Require(random is null || subnets == SubnetSampling.Sandwich, "randomSubnets", "expected with the subnets 'sandwich' only");
        return new StageOneOptions
        {
            Epochs = epochs,
            LearningRate = learningRate,
            WeightDecay = fields.Number("weightDecay", Interval.FromZero, 1e-4),
            Dropout = fields.Flag("dropout", fallback: true),
            Subnets = subnets,
            RandomSubnets = random ?? 2,
            Teaching = fields.Choice("teaching", Teaching.Ensemble),
            EmaDecay = fields.OptionalNumber("emaDecay", Interval.BelowOne),
            ClipNorm = fields.OptionalNumber("clipNorm", Interval.Positive),
        };
    });

    private static StageTwoOptions ReadStageTwo(RecipeFields fields) => ReadStage(fields, (epochs, learningRate) =>
    {
        var target = fields.Number("targetCost", Interval.Share, 0);
        var others = fields.Ascending("otherTargetCosts", Interval.PositiveShare);
        fields.Require(others.Count == 0 || (target > 0 && !others.Contains(target)), "otherTargetCosts", "expected with a targetCost above 0 only, and without it");
        return new StageTwoOptions
        {
            Epochs = epochs,
            LearningRate = learningRate,
            WeightDecay = fields.Number("weightDecay", Interval.FromZero, 0.01),
            LabelRule = fields.Choice("labelRule", LabelRule.TryBest),
            DoubleSoftmax = fields.Flag("doubleSoftmax", fallback: false),
            Candidates = fields.Texts("candidates"),
            Temperature = fields.Number("temperature", Interval.Positive, 1),
            NoiseScale = fields.Number("noiseScale", Interval.FromZero, 1),
            RoutedWeight = fields.Number("routedWeight", Interval.FromZero, 1),
            GateWeight = fields.Number("gateWeight", Interval.FromZero, 1),
            CostWeight = fields.Number("costWeight", Interval.FromZero, 0.5),
            TargetCost = target,
            OtherTargetCosts = others,
        };
    });

    /// <summary>What both stages have, around what is a stage's own.</summary>
    private static T ReadStage<T>(RecipeFields fields, Func<int, double, T> read)
        where T : StageOptions
    {
        var stage = read(fields.Integer("epochs", 1, 10_000), fields.Number("learningRate", Interval.Positive)) with
        {
            StepsPerEpoch = fields.OptionalInteger("stepsPerEpoch", 1, int.MaxValue),
            BatchSize = fields.Integer("batchSize", 2, 65_536, 128),
            WarmUpEpochs = fields.Number("warmUpEpochs", Interval.FromZero, 0),
            Decay = fields.Choice("decay", LearningRateDecay.Cosine),
            DecayEpochs = fields.Ascending("decayEpochs", Interval.FromZero),
            Momentum = fields.Number("momentum", Interval.BelowOne, 0.9),
            LabelSmoothing = fields.Number("labelSmoothing", Interval.BelowOne, 0.1),
        };
        fields.Require(
            (stage.Decay == LearningRateDecay.Steps) == (stage.DecayEpochs.Count > 0), "decayEpochs", "expected with the decay 'steps', and with no other");
        fields.Require(stage.DecayEpochs.All(epoch => epoch < stage.Epochs), "decayEpochs", $"expected below epochs, {stage.Epochs}");
        fields.Require(stage.WarmUpEpochs <= stage.Epochs, "warmUpEpochs", $"expected at most epochs, {stage.Epochs}");
        return stage;
    }
}
