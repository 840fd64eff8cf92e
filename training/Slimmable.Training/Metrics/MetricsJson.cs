using System.Text.Json.Serialization;

namespace Slimmable.Training;

/// <summary>The one way a run's numbers are written to and read from JSON; nothing unknown, doubled, missing or null is let through.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MetricsLine))]
[JsonSerializable(typeof(Dictionary<string, MeterSum>))]
internal sealed partial class MetricsJson : JsonSerializerContext;
