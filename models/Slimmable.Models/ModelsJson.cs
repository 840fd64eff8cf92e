using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>
/// The one way Slimmable's formats are read from and written to JSON: camel case, and nothing unknown, doubled, missing or null is let through.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(GraphDefinition))]
[JsonSerializable(typeof(BundleManifest))]
[JsonSerializable(typeof(Preprocessing))]
[JsonSerializable(typeof(AccuracyReport))]
[JsonSerializable(typeof(IReadOnlyList<OperatingPoint>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ModelsJson : JsonSerializerContext
{
    /// <summary>The same contract, indented, with LF line ends, for files that people read.</summary>
    public static ModelsJson Indented => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = true, NewLine = "\n" });
}
