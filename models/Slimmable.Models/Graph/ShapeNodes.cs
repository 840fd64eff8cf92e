namespace Slimmable.Models;

/// <summary><c>[N, C, H, W]</c> to <c>[N, C*H*W]</c>, channels outermost, so that a channel prefix stays a prefix.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads.</param>
public sealed record FlattenNode(string Name, string Input) : UnaryNode(Name, Input);

/// <summary>Dropout while training; nothing at inference.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads.</param>
/// <param name="Rate">Probability that an element is dropped, in [0, 1).</param>
public sealed record DropoutNode(string Name, string Input, double Rate) : UnaryNode(Name, Input);
