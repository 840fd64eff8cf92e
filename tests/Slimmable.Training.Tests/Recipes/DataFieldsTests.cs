using Slimmable.Models;

namespace Slimmable.Training.Tests.Recipes;

public class DataFieldsTests
{
    [Fact]
    public void A_data_set_is_a_name() => Assert.Equal(new NamedSource("cifar-10"), Parse("\"cifar-10\"").DataSet);

    [Fact]
    public void Or_files()
    {
        Assert.Equal(new FileSource("a.safetensors", null), Parse("""{ "train": "a.safetensors" }""").DataSet);
        Assert.Equal(new FileSource("../a.safetensors", "b"), Parse("""{ "train": "../a.safetensors", "test": "b" }""").DataSet);
    }

    [Theory]
    [InlineData("\"cifar-11\"", "dataSet: expected one of fashion-mnist, mnist, kmnist, cifar-10, cifar-100, found 'cifar-11'")]
    [InlineData("7", "dataSet: expected text, found 7")]
    [InlineData("{}", "dataSet.train: expected a file's path, found none")]
    [InlineData("""{ "train": 7 }""", "dataSet.train: expected a file's path, found 7")]
    [InlineData("""{ "train": "" }""", "dataSet.train: expected a file's path, found ''")]
    [InlineData("""{ "train": "a\u0000" }""", "dataSet.train: expected a file's path, found 'a '")]
    [InlineData("""{ "train": "https://x/a" }""", "dataSet.train: expected a file's path, found 'https://x/a'")]
    [InlineData("""{ "train": "a", "tset": "b" }""", "dataSet.tset: there is no such field; expected test, train")]
    public void Anything_else_is_refused(string json, string fault) =>
        Assert.Equal($"r: {fault}", Assert.Throws<InvalidOptionsException>(() => Parse(json)).Message);

    [Fact]
    public void Augmentation_is_what_the_recipe_says_and_nothing_where_it_does_not()
    {
        Assert.Equal(new Augmentation(), Parse("\"mnist\"", "{}").Augmentation);
        Assert.Equal(
            new Augmentation(4, Flip: true, 0.2, new RandAugmentOptions(3, 4.5)),
            Parse("\"mnist\"", """{ "shift": 4, "flip": true, "erasing": 0.2, "randAugment": { "operations": 3, "magnitude": 4.5 } }""").Augmentation);
        Assert.Equal(new RandAugmentOptions(2, 9), Parse("\"mnist\"", """{ "randAugment": {} }""").Augmentation.RandAugment);
    }

    [Theory]
    [InlineData("""{ "erasing": 1.5 }""", "augmentation.erasing: expected a number in [0, 1], found 1.5")]
    [InlineData("""{ "randAugment": { "operations": 0 } }""", "augmentation.randAugment.operations: expected a whole number in 1..16, found 0")]
    [InlineData("""{ "randAugment": { "magnitude": 11 } }""", "augmentation.randAugment.magnitude: expected a number in [0, 10], found 11")]
    public void Augmentation_out_of_range_is_refused(string json, string fault) =>
        Assert.Equal($"r: {fault}", Assert.Throws<InvalidOptionsException>(() => Parse("\"mnist\"", json)).Message);

    private static Recipe Parse(string dataSet, string augmentation = "{}") => RecipeFile.Parse("r", $$"""
        {
          "name": "n", "architecture": "ds-mbnet-fashion", "dataSet": {{dataSet}}, "augmentation": {{augmentation}},
          "stageOne": { "epochs": 3, "learningRate": 0.08 }
        }
        """);
}
