using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>A function applied to every element.</summary>
[JsonConverter(typeof(NamedEnumConverter<ActivationKind>))]
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    [JsonStringEnumMemberName("relu")]
    Relu,

    /// <summary>x * sigmoid(x), also called SiLU.</summary>
    [JsonStringEnumMemberName("swish")]
    Swish,

    /// <summary>x * min(max(x / 6 + 1/2, 0), 1), a cheap stand-in for Swish.</summary>
    [JsonStringEnumMemberName("hardSwish")]
    HardSwish,

    /// <summary>1 / (1 + exp(-x)).</summary>
    [JsonStringEnumMemberName("sigmoid")]
    Sigmoid,
}

/// <summary>An activation; shape as its input.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads, of any shape.</param>
/// <param name="Kind">The function.</param>
public sealed record ActivationNode(string Name, string Input, ActivationKind Kind) : UnaryNode(Name, Input);
