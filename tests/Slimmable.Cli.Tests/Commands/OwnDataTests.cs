using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>Images of somebody's own: one file, a recipe, and no code.</summary>
public sealed class OwnDataTests : IDisposable
{
    private const string ByName = "\"dataSet\": \"fashion-mnist\"";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The real Fashion-MNIST, from where its package puts it.</summary>
    [Fact]
    public void Two_thousand_images_in_a_file_train_by_a_recipe_alone()
    {
        Run("data", "pack", "fashion-mnist", "--out", "clothes/train.safetensors", "--images", "2000").Succeeded();
        Run("data", "pack", "fashion-mnist", "--out", "clothes/test.safetensors", "--images", "500", "--split", "test").Succeeded();
        WriteRecipe("clothes/recipe.json", """ "dataSet": { "train": "train.safetensors", "test": "test.safetensors" } """);

        Run("train", "clothes/recipe.json", "--out", "clothes.safetensors").Succeeded();

        var measured = Run("evaluate", "clothes.safetensors", "--data-set", "clothes/test.safetensors", "--json").Json().GetProperty("subnets");
        Assert.All(measured.EnumerateArray(), subnet => Assert.InRange(subnet.GetProperty("top1").GetDouble(), 20, 100));
        var info = Checkpoint.Read(folder.File("clothes.safetensors")).Info;
        Assert.Equal(("train.safetensors", "Ankle boot"), (info.DataSet, info.Labels?[9]));
        Run("evaluate", "clothes.safetensors").Refused(1, "clothes.safetensors", "fashion-mnist", "--data-set");
    }

    [Fact]
    public void A_file_alone_is_split_and_its_model_is_exported_and_measured()
    {
        TinyTask.WriteData(folder.File("data"));
        Run("data", "pack", "fashion-mnist", "--data", "data", "--out", "waves.safetensors").Succeeded();
        WriteRecipe("recipe.json", """ "dataSet": { "train": "waves.safetensors" } """, steps: 2);

        Run("train", "recipe.json", "--out", "model.safetensors").Succeeded();
        Run("export", "model.safetensors", "--out", "bundle").Succeeded();

        foreach (var model in new[] { "model.safetensors", "bundle" })
        {
            Assert.Equal(["subnets", "routed"], Keys.Of(Run("evaluate", model, "--data-set", "waves.safetensors", "--json").Json()));
        }

        Run("bench", "bundle", "--data", "waves.safetensors", "--runs", "2").Succeeded();
    }

    [Fact]
    public void Packing_says_what_it_packed_and_refuses_what_it_cannot()
    {
        TinyTask.WriteData(folder.File("data"));

        var packed = Run("data", "pack", "fashion-mnist", "--data", "data", "--out", "a.safetensors", "--images", "7", "--split", "test").Succeeded();

        Assert.Equal("a.safetensors: 7 images of fashion-mnist, 10 classes\n", packed.Output.ReplaceLineEndings("\n"));
        Run("data", "pack", "cifar-10", "--data", "data", "--out", "b.safetensors").Refused(1, "cifar-10", "data_batch_1.bin", "data", "cifar-10-binary.tar.gz");
        Run("data", "pack", "fashion-mnist", "--data", "data", "--out", "data").Refused(1, "data");
        Run("data", "pack", "fashion-mnist", "--data", "data", "--out", "b.safetensors", "--split", "validation").Refused(2, "validation", "'train' 'test'");
        Run("data", "pack", "fashion-mnist", "--data", "data", "--out", "b.safetensors", "--images", "0").Refused(2, "--images");
        Assert.DoesNotContain("b.safetensors", folder.Names());
    }

    private ProgramResult Run(params IReadOnlyList<string> arguments) => SlimmableProgram.Run(folder.Path, arguments);

    private void WriteRecipe(string name, string dataSet, int steps = 40) => File.WriteAllText(
        TinyTask.WriteRecipe(folder.File(name), epochs: 1),
        File.ReadAllText(folder.File(name)).Replace(ByName, dataSet, StringComparison.Ordinal)
            .Replace("\"stepsPerEpoch\": 12", $"\"stepsPerEpoch\": {steps}", StringComparison.Ordinal)
            .Replace("{ \"shift\": 1 }", """{ "shift": 1, "erasing": 0.1, "randAugment": { "operations": 1, "magnitude": 3 } }""", StringComparison.Ordinal));
}
