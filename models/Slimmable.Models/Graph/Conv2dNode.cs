using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>How a convolution connects its channels.</summary>
[JsonConverter(typeof(NamedEnumConverter<ConvolutionKind>))]
public enum ConvolutionKind
{
    /// <summary>Every output channel reads every input channel. With kernel 1: pointwise.</summary>
    [JsonStringEnumMemberName("dense")]
    Dense,

    /// <summary>Every channel is filtered alone; the groups are the active width. In and out are the same axis.</summary>
    [JsonStringEnumMemberName("depthwise")]
    Depthwise,
}

/// <summary>
/// A 2-D convolution with a square kernel. Weight <c>[out, in, k, k]</c> (depthwise <c>[out, 1, k, k]</c>), sliced by prefix on both axes.
/// </summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads, <c>[N, in, H, W]</c>.</param>
/// <param name="Kind">Dense or depthwise.</param>
/// <param name="In">The input's channel axis.</param>
/// <param name="Out">The output's channel axis.</param>
/// <param name="Kernel">Side of the kernel, 1..255.</param>
/// <param name="Stride">1..255, the same both ways.</param>
/// <param name="Padding">Zeros on each side, 0..254, less than the kernel.</param>
/// <param name="Bias">Whether a bias <c>[out]</c> is added.</param>
public sealed record Conv2dNode(
    string Name,
    string Input,
    ConvolutionKind Kind,
    string In,
    string Out,
    int Kernel,
    int Stride,
    int Padding,
    bool Bias) : UnaryNode(Name, Input);
