using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slimmable.Export;

/// <summary>KServe's <c>InferenceService</c>: what <c>kubectl apply</c> takes.</summary>
internal static partial class KserveResource
{
    public const string File = "inferenceservice.yaml";

    private const int LongestName = 50;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Describes a service.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="storageUri">Where the cluster finds the model repository.</param>
    /// <remarks>
    /// The runtime is named: others take the format too, but want another folder. Text in double quotes is the same in YAML as in JSON.
    /// </remarks>
    public static string Of(string model, string storageUri) => $"""
        apiVersion: serving.kserve.io/v1beta1
        kind: InferenceService
        metadata:
          name: {NameOf(model)}
        spec:
          predictor:
            model:
              modelFormat:
                name: onnx
              protocolVersion: v2
              runtime: kserve-tritonserver
              storageUri: {JsonSerializer.Serialize(storageUri, Plain)}

        """;

    /// <summary>The model's name as Kubernetes takes it: lower case, a letter first, nothing but letters, digits and hyphens.</summary>
    internal static string NameOf(string model)
    {
        var name = Other().Replace(model.ToLowerInvariant(), "-");
        name = char.IsAsciiLetter(name[0]) ? name : $"model-{name}";
        return name[..Math.Min(name.Length, LongestName)].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
