using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>One operation of the graph. Its value has the node's name.</summary>
/// <param name="Name">Unique among nodes and the graph's input; tensors are named after it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Conv2dNode), "conv2d")]
[JsonDerivedType(typeof(LinearNode), "linear")]
[JsonDerivedType(typeof(BatchNormNode), "batchNorm")]
[JsonDerivedType(typeof(ActivationNode), "activation")]
[JsonDerivedType(typeof(GlobalAveragePoolNode), "globalAveragePool")]
[JsonDerivedType(typeof(AveragePoolNode), "averagePool")]
[JsonDerivedType(typeof(MaxPoolNode), "maxPool")]
[JsonDerivedType(typeof(AddNode), "add")]
[JsonDerivedType(typeof(MultiplyNode), "multiply")]
[JsonDerivedType(typeof(FlattenNode), "flatten")]
[JsonDerivedType(typeof(DropoutNode), "dropout")]
public abstract record Node(string Name)
{
    /// <summary>The names of the values this node reads, in the operator's order.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Inputs { get; }
}

/// <summary>A node with one input.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads.</param>
public abstract record UnaryNode(string Name, string Input) : Node(Name)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override IReadOnlyList<string> Inputs => [Input];
}

/// <summary>A node with two inputs.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Left">The first value it reads.</param>
/// <param name="Right">The second value it reads.</param>
public abstract record BinaryNode(string Name, string Left, string Right) : Node(Name)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public sealed override IReadOnlyList<string> Inputs => [Left, Right];
}
