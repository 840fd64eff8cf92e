using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>One operation of a plain network. Its value has the node's name.</summary>
/// <param name="Name">Unique among the network's nodes.</param>
/// <param name="Inputs">The values it reads, in the operator's order.</param>
/// <param name="Shape">Of its value, without the batch: <c>[C, H, W]</c>, or <c>[C]</c> where it is flat.</param>
internal abstract record PlainNode(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape)
{
    /// <summary>The weights it holds.</summary>
    public virtual IEnumerable<PlainTensor> Tensors => [];

    /// <summary>What its value consists of.</summary>
    public PlainType Type { get; init; }
}

/// <summary>A 2-D convolution.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Inputs">One.</param>
/// <param name="Shape">Of its value.</param>
/// <param name="Weight"><c>[out, in / groups, k, k]</c>.</param>
/// <param name="Bias"><c>[out]</c>, or null.</param>
/// <param name="Groups">1, or the number of channels.</param>
/// <param name="Stride">The same both ways.</param>
/// <param name="Padding">Zeros on each side.</param>
internal sealed record PlainConv(
    string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, PlainTensor Weight, PlainTensor? Bias, int Groups, int Stride, int Padding)
    : PlainNode(Name, Inputs, Shape)
{
    public override IEnumerable<PlainTensor> Tensors => Bias is null ? [Weight] : [Weight, Bias];
}

/// <summary>A fully connected layer.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Inputs">One, flat.</param>
/// <param name="Shape">Of its value.</param>
/// <param name="Weight"><c>[out, in]</c>.</param>
/// <param name="Bias"><c>[out]</c>.</param>
internal sealed record PlainLinear(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, PlainTensor Weight, PlainTensor Bias)
    : PlainNode(Name, Inputs, Shape)
{
    public override IEnumerable<PlainTensor> Tensors => [Weight, Bias];
}

/// <summary>Batch normalization by running statistics.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Inputs">One.</param>
/// <param name="Shape">Of its value.</param>
/// <param name="Gamma"><c>[C]</c>.</param>
/// <param name="Beta"><c>[C]</c>.</param>
/// <param name="Mean"><c>[C]</c>.</param>
/// <param name="Variance"><c>[C]</c>.</param>
/// <param name="Epsilon">Added to the variance.</param>
internal sealed record PlainBatchNorm(
    string Name,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<int> Shape,
    PlainTensor Gamma,
    PlainTensor Beta,
    PlainTensor Mean,
    PlainTensor Variance,
    double Epsilon)
    : PlainNode(Name, Inputs, Shape)
{
    public override IEnumerable<PlainTensor> Tensors => [Gamma, Beta, Mean, Variance];
}

/// <summary>A function of every element.</summary>
internal sealed record PlainActivation(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, ActivationKind Kind)
    : PlainNode(Name, Inputs, Shape);

/// <summary>Mean over all pixels.</summary>
internal sealed record PlainGlobalAveragePool(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);

/// <summary>Mean over a square window; padding counts as zeros.</summary>
internal sealed record PlainAveragePool(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, int Kernel, int Stride, int Padding)
    : PlainNode(Name, Inputs, Shape);

/// <summary>Maximum over a square window; padding never wins.</summary>
internal sealed record PlainMaxPool(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, int Kernel, int Stride, int Padding)
    : PlainNode(Name, Inputs, Shape);

/// <summary>Elementwise sum of two values.</summary>
internal sealed record PlainAdd(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);

/// <summary>Elementwise product; the second factor may be one per channel.</summary>
internal sealed record PlainMultiply(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);

/// <summary><c>[C, 1, 1]</c> to <c>[C, H, W]</c>: each channel's number at every pixel.</summary>
internal sealed record PlainSpread(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape)
{
    /// <summary>How much longer each dimension becomes, the batch first.</summary>
    public override IEnumerable<PlainTensor> Tensors => [new PlainTensor($"{Name}/scales", [4], [1, 1, Shape[1], Shape[2]])];
}

/// <summary><c>[C, H, W]</c> to <c>[C * H * W]</c>.</summary>
internal sealed record PlainFlatten(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);

/// <summary>Its input as it is: what dropout becomes outside training.</summary>
internal sealed record PlainIdentity(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);
