namespace Slimmable.Models;

/// <summary>Elementwise sum of two values of one shape.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Left">One value.</param>
/// <param name="Right">The other.</param>
public sealed record AddNode(string Name, string Left, string Right) : BinaryNode(Name, Left, Right);

/// <summary>Elementwise product of two values of one shape, or of <c>[N, C, H, W]</c> with a factor <c>[N, C, 1, 1]</c> on the right.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Left">The value, which gives the shape.</param>
/// <param name="Right">The factor.</param>
public sealed record MultiplyNode(string Name, string Left, string Right) : BinaryNode(Name, Left, Right);
