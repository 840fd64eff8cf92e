using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>Which of batch normalization's learnt tensors the widths share. Running statistics are always private to a width.</summary>
[JsonConverter(typeof(NamedEnumConverter<AffineSharing>))]
public enum AffineSharing
{
    /// <summary>One gamma and beta, sliced by prefix (US-Net, DS-Net).</summary>
    [JsonStringEnumMemberName("shared")]
    Shared,

    /// <summary>A gamma and beta for every width (switchable batch normalization, S-Net).</summary>
    [JsonStringEnumMemberName("private")]
    Private,
}

/// <summary>Batch normalization over the channels, with a running mean and variance for every width of its axis.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads, <c>[N, C, H, W]</c>.</param>
/// <param name="Axis">The input's channel axis.</param>
/// <param name="Affine">Whether widths share gamma and beta.</param>
/// <param name="Epsilon">Added to the variance; above 0. Usual: 1e-5.</param>
/// <param name="Momentum">Weight of a new batch in the running statistics, in (0, 1]. Usual: 0.1.</param>
public sealed record BatchNormNode(string Name, string Input, string Axis, AffineSharing Affine, double Epsilon, double Momentum)
    : UnaryNode(Name, Input);
