using System.Text.Json.Serialization;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>The names that make a safetensors file a data set.</summary>
internal static class ImageFileFormat
{
    public const string Images = "images";
    public const string Labels = "labels";

    /// <summary>Metadata: the classes' names, a JSON list.</summary>
    public const string LabelsKey = "labels";

    /// <summary>Metadata: JSON as in a checkpoint.</summary>
    public const string PreprocessingKey = "preprocessing";
}

/// <summary>The metadata's JSON: nothing unknown, doubled, missing or null is let through.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Preprocessing))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ImageFileJson : JsonSerializerContext;
