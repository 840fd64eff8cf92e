using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>Which graphs a bundle splits a network into.</summary>
[JsonConverter(typeof(NamedEnumConverter<BundleLayout>))]
public enum BundleLayout
{
    /// <summary>The gate's graph also yields features, and a subnet's tail takes those: nothing is computed twice.</summary>
    [JsonStringEnumMemberName("shared-trunk")]
    SharedTrunk,

    /// <summary>The gate's graph yields scores only, and each subnet takes the input itself.</summary>
    [JsonStringEnumMemberName("standalone")]
    Standalone,
}

/// <summary>A subnet in a bundle.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MAdds">Multiply-adds an image from input to logits, without the gate's head.</param>
/// <param name="Parameters">Learnt numbers from input to logits, before batch normalization is folded.</param>
/// <param name="Top1">Accuracy on the test set in percent, where it was measured.</param>
/// <param name="Tail">The file of its tail, in the shared-trunk layout.</param>
/// <param name="Full">The file of its standalone graph, where there is one.</param>
public sealed record BundleSubnet(
    string Name,
    [property: JsonPropertyName("madds")] long MAdds,
    long Parameters,
    double? Top1 = null,
    string? Tail = null,
    string? Full = null);

/// <summary>How the router chooses where its caller says nothing.</summary>
[JsonConverter(typeof(NamedEnumConverter<RoutingPolicyKind>))]
public enum RoutingPolicyKind
{
    /// <summary>The candidate with the largest score; the first of equals.</summary>
    [JsonStringEnumMemberName("argmax")]
    Argmax,
}

/// <summary>The gate in a bundle.</summary>
/// <param name="File">The graph that yields the scores.</param>
/// <param name="MAdds">Multiply-adds an image that the slimming head adds to any subnet.</param>
/// <param name="Candidates">Subnets in the order of the scores.</param>
/// <param name="Policy">How the router chooses by default.</param>
/// <param name="OperatingPoints">The mean costs that the gate can be set to, its own first; empty for a gate that was trained to none.</param>
public sealed record BundleGate(
    string File,
    [property: JsonPropertyName("madds")] long MAdds,
    IReadOnlyList<string> Candidates,
    RoutingPolicyKind Policy,
    IReadOnlyList<OperatingPoint> OperatingPoints);

/// <summary>A file of the bundle, other than the manifest and its hash.</summary>
/// <param name="Name">Its name in the bundle's folder; there are no subfolders.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record BundleFile(string Name, long Bytes, string Sha256);

/// <summary>What a bundle holds: <c>manifest.json</c>. Its JSON schema is docs/manifest.schema.json.</summary>
/// <param name="FormatVersion">See <see cref="BundleFormat.Version"/>.</param>
/// <param name="Tool">The program that wrote it, with its version.</param>
/// <param name="Model">The architecture's name.</param>
/// <param name="DataSet">What it was trained on.</param>
/// <param name="Layout">Which graphs there are.</param>
/// <param name="Opset">The ONNX opset of every graph.</param>
/// <param name="IrVersion">The ONNX IR version of every graph.</param>
/// <param name="Input">The input, <c>[C, H, W]</c> or <c>[H, W, C]</c>.</param>
/// <param name="Logits">The output, <c>[classes]</c>.</param>
/// <param name="Features">What the trunk hands to the tails, <c>[C, H, W]</c>; in the shared-trunk layout.</param>
/// <param name="GateLogits">The scores, <c>[candidates]</c>; where there is a gate.</param>
/// <param name="Preprocessing">How a raw image becomes the input, where it is known.</param>
/// <param name="Labels">The classes' names, where they are known.</param>
/// <param name="Subnets">From cheap to dear.</param>
/// <param name="Gate">The gate, where there is one.</param>
/// <param name="Routed">The file that holds the gate and all that it chooses from in one graph, where there is one.</param>
/// <param name="Golden">The file with the trainer's own answers, where it made some.</param>
/// <param name="Files">Every file other than the manifest and its hash, by name.</param>
/// <param name="Precision">What the graphs compute in. Default: 32-bit floats.</param>
public sealed record BundleManifest(
    int FormatVersion,
    string Tool,
    string Model,
    string? DataSet,
    BundleLayout Layout,
    int Opset,
    int IrVersion,
    BundleInput Input,
    BundleTensor Logits,
    BundleTensor? Features,
    BundleTensor? GateLogits,
    Preprocessing? Preprocessing,
    IReadOnlyList<string>? Labels,
    IReadOnlyList<BundleSubnet> Subnets,
    BundleGate? Gate,
    string? Routed,
    string? Golden,
    IReadOnlyList<BundleFile> Files,
    GraphPrecision Precision = GraphPrecision.Full)
{
    /// <summary>The names of all files that the manifest refers to, apart from <see cref="Files"/> itself.</summary>
    [JsonIgnore]
    public IEnumerable<string> References => Subnets
        .SelectMany<BundleSubnet, string?>(subnet => [subnet.Tail, subnet.Full])
        .Append(Gate?.File)
        .Append(Routed)
        .Append(Golden)
        .OfType<string>();
}
