using Slimmable.Models;

namespace Slimmable.Training.Tests.Recipes;

public class RecipeFileTests
{
    public static TheoryData<string> Released => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "recipes"), "*.json").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Released))]
    public void Every_released_recipe_is_valid(string file)
    {
        var recipe = RecipeFile.Read(Path.Combine(AppContext.BaseDirectory, "recipes", file));

        Assert.Equal(Path.GetFileNameWithoutExtension(file), recipe.Name);
        Assert.Equal(Architectures.Build(recipe.Architecture).Gate is not null, recipe.StageTwo is not null);
    }

    [Fact]
    public void What_a_recipe_leaves_out_has_the_papers_values()
    {
        var recipe = RecipeFile.Parse("r", """
            { "name": "n", "architecture": "ds-mbnet-fashion", "dataSet": "fashion-mnist", "stageOne": { "epochs": 3, "learningRate": 0.08 } }
            """);

        Assert.Equal(new StageOneOptions { Epochs = 3, LearningRate = 0.08 }, recipe.StageOne);
        Assert.Equal((0.9, 1e-4, 0.1, 2, 0.997, Teaching.Ensemble), (
            recipe.StageOne.Momentum, recipe.StageOne.WeightDecay, recipe.StageOne.LabelSmoothing, recipe.StageOne.RandomSubnets, recipe.StageOne.EmaDecay!.Value, recipe.StageOne.Teaching));
        Assert.Null(recipe.StageTwo);
        Assert.Equal(new Augmentation(), recipe.Augmentation);
    }

    [Fact]
    public void Every_fault_is_listed_with_its_place()
    {
        var fault = Assert.Throws<InvalidOptionsException>(() => RecipeFile.Parse("bad.json", """
            {
              "name": "n", "architecture": "resnet-9000", "dataSet": "fashion-mnist", "seed": -1,
              "stageOne": { "epochs": 0, "learningRate": "fast", "momentun": 0.9, "emaDecay": 1 },
              "stageTwo": { "epochs": 1.5 }
            }
            """));

        Assert.Equal(
            "bad.json: "
            + $"architecture: expected one of {string.Join(", ", Architectures.Names)}, found 'resnet-9000'; "
            + "seed: expected a whole number from 0 up, found -1; "
            + "stageOne.epochs: expected a whole number in 1..10000, found 0; "
            + "stageOne.learningRate: expected a number, found \"fast\"; "
            + "stageOne.emaDecay: expected a number in [0, 1), found 1; "
            + "stageOne.momentun: there is no such field; expected batchSize, clipNorm, decay, decayEpochs, dropout, emaDecay, epochs, labelSmoothing, learningRate, momentum, "
            + "randomSubnets, stepsPerEpoch, subnets, teaching, warmUpEpochs, weightDecay; "
            + "stageTwo.epochs: expected a whole number in 1..10000, found 1.5; "
            + "stageTwo.learningRate: expected a number, found none",
            fault.Message);
        Assert.Equal(8, fault.Faults.Count);
    }

    [Fact]
    public void A_moving_average_is_kept_where_it_teaches_or_where_it_is_asked_for()
    {
        double? DecayOf(string fields) => Parse("ds-mbnet-fashion", fields).StageOne.EmaDecay;

        Assert.Equal(0.997, DecayOf("\"teaching\": \"movingAverage\""));
        Assert.Null(DecayOf("\"teaching\": \"labels\""));
        Assert.Equal(0.9, DecayOf("\"teaching\": \"labels\", \"emaDecay\": 0.9"));
    }

    [Theory]
    [InlineData("\"decay\": \"steps\"", "decayEpochs: expected with the decay 'steps', and with no other")]
    [InlineData("\"decayEpochs\": [1]", "decayEpochs: expected with the decay 'steps', and with no other")]
    [InlineData("\"decay\": \"steps\", \"decayEpochs\": [1, 3]", "decayEpochs: expected below epochs, 3")]
    [InlineData("\"decay\": \"steps\", \"decayEpochs\": [2, 1]", "decayEpochs: expected numbers from 0 up that ascend, found [2, 1]")]
    [InlineData("\"warmUpEpochs\": 3.5", "warmUpEpochs: expected at most epochs, 3")]
    [InlineData("\"subnets\": \"every\", \"randomSubnets\": 1", "randomSubnets: expected with the subnets 'sandwich' only")]
    [InlineData("\"teaching\": \"nobody\"", "teaching: expected one of ensemble, movingAverage, widest, labels, found 'nobody'")]
    [InlineData("\"clipNorm\": 0", "clipNorm: expected a number above 0, found 0")]
    public void Fields_that_do_not_go_together_are_refused(string fields, string fault) =>
        Assert.Equal($"r: stageOne.{fault}", Assert.Throws<InvalidOptionsException>(() => Parse("ds-mbnet-fashion", fields)).Message);

    [Theory]
    [InlineData("ds-mbnet-32", "[\"uniform-0\", \"uniform-9\"]", "stageTwo.candidates: expected at least two of uniform-0, uniform-1, uniform-2, uniform-3, in this order, found uniform-0, uniform-9")]
    [InlineData("ds-mbnet-32", "[\"uniform-2\", \"uniform-0\"]", "stageTwo.candidates: expected at least two of uniform-0, uniform-1, uniform-2, uniform-3, in this order, found uniform-2, uniform-0")]
    [InlineData("ds-mbnet-32", "[\"uniform-2\"]", "stageTwo.candidates: expected at least two of uniform-0, uniform-1, uniform-2, uniform-3, in this order, found uniform-2")]
    [InlineData("s-resnet-18", "null", "stageTwo: expected none, for architecture 's-resnet-18' has no gate")]
    public void A_gate_that_cannot_be_trained_is_refused(string architecture, string candidates, string fault)
    {
        var stageTwo = $$"""{ "epochs": 1, "learningRate": 0.1, "candidates": {{candidates}} }""";

        Assert.Equal($"r: {fault}", Assert.Throws<InvalidOptionsException>(() => Parse(architecture, "\"momentum\": 0", stageTwo)).Message);
    }

    [Fact]
    public void Candidates_are_the_recipes_choice() => Assert.Equal(
        ["uniform-0", "uniform-2"],
        Parse("ds-mbnet-32", "\"momentum\": 0", """{ "epochs": 1, "learningRate": 0.1, "candidates": ["uniform-0", "uniform-2"] }""").StageTwo!.Candidates!);

    [Fact]
    public void Subnets_are_the_recipes_choice_too() =>
        Assert.Equal(["uniform-2", "largest"], ParseSubnets("ds-mbnet-mini", "[\"uniform-2\", \"largest\"]").Subnets!);

    [Theory]
    [InlineData("us-resnet-20-32", "[\"x\"]")]
    [InlineData("ds-mbnet-mini", "[\"largest\"]", ", beside them largest")]
    [InlineData("ds-mbnet-mini", "[\"uniform-0\", \"uniform-0\"]", ", beside them largest")]
    public void Subnets_that_the_architecture_does_not_have_are_refused(string architecture, string subnets, string beside = "")
    {
        var routable = string.Join(", ", Architectures.Build(architecture).Routable.Select(subnet => subnet.Name));

        Assert.Equal(
            $"r: subnets: expected at least one of {routable}{beside}, each once, found {subnets.Replace("\"", "", StringComparison.Ordinal)[1..^1]}",
            Assert.Throws<InvalidOptionsException>(() => ParseSubnets(architecture, subnets)).Message);
    }

    [Fact]
    public void One_subnet_has_no_gate_to_train() => Assert.Equal(
        "r: stageTwo: expected none, for architecture 'ds-mbnet-32' has no gate with one subnet",
        Assert.Throws<InvalidOptionsException>(() => ParseSubnets("ds-mbnet-32", "[\"uniform-1\"]", """{ "epochs": 1, "learningRate": 0.1 }""")).Message);

    [Theory]
    [InlineData("{", "r: expected JSON, found: ")]
    [InlineData("""{ "name": "a", "name": "b" }""", "r: expected JSON, found: ")]
    public void Text_that_is_not_JSON_is_refused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidFileException>(() => RecipeFile.Parse("r", json)).Message, StringComparison.Ordinal);

    [Fact]
    public void JSON_that_is_no_object_is_refused() =>
        Assert.Equal("r: expected an object, found Array", Assert.Throws<InvalidOptionsException>(() => RecipeFile.Parse("r", "[]")).Message);

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TempFolder();
        var path = folder.File("none.json");

        Assert.StartsWith($"{path}: cannot be read: ", Assert.Throws<InvalidFileException>(() => RecipeFile.Read(path)).Message, StringComparison.Ordinal);
    }

    private static Recipe Parse(string architecture, string stageOne, string stageTwo = "null") => RecipeFile.Parse("r", $$"""
        {
          "name": "n", "architecture": "{{architecture}}", "dataSet": "fashion-mnist",
          "stageOne": { "epochs": 3, "learningRate": 0.08, {{stageOne}} }, "stageTwo": {{stageTwo}}
        }
        """);

    private static Recipe ParseSubnets(string architecture, string subnets, string stageTwo = "null") => RecipeFile.Parse("r", $$"""
        {
          "name": "n", "architecture": "{{architecture}}", "dataSet": "fashion-mnist", "subnets": {{subnets}},
          "stageOne": { "epochs": 3, "learningRate": 0.08 }, "stageTwo": {{stageTwo}}
        }
        """);
}
