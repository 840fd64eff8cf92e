namespace Slimmable.Models;

/// <summary>The names that make a safetensors file a checkpoint.</summary>
internal static class CheckpointFormat
{
    public const string Version = "1";

    public const string FormatKey = "slimmable.format";
    public const string GraphKey = "slimmable.graph";
    public const string RecipeKey = "slimmable.recipe";
    public const string SeedKey = "slimmable.seed";
    public const string DataSetKey = "slimmable.dataset";
    public const string LabelsKey = "slimmable.labels";
    public const string PreprocessingKey = "slimmable.preprocessing";
    public const string OperatingPointsKey = "slimmable.operating_points";
    public const string AccuracyKey = "slimmable.accuracy";

    /// <summary>Before the names of the golden samples; a graph's nodes cannot take names under it.</summary>
    public const string GoldenPrefix = "golden.";
}
