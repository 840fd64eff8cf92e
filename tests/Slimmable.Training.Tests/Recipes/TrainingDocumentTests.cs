using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Recipes;

/// <summary>docs/training.md names every field that a recipe can have.</summary>
public class TrainingDocumentTests
{
    [Fact]
    public void Every_field_is_documented()
    {
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "training.md"));

        // A field that does not exist is refused with a list of those that do.
        var fault = Assert.Throws<InvalidOptionsException>(() => RecipeFile.Parse("r", """
            { "?": 0, "stageOne": { "?": 0 }, "calibration": { "?": 0 }, "stageTwo": { "?": 0 } }
            """));
        var fields = fault.Faults.SelectMany(text => Regex.Match(text, @"\?: there is no such field; expected (.*)$").Groups[1].Value.Split(", ")).Where(field => field.Length > 0).Distinct().ToList();

        Assert.True(fields.Count > 30, $"{fields.Count} fields");
        Assert.All(fields, field => Assert.Contains($"`{field}`", document, StringComparison.Ordinal));
    }
}
