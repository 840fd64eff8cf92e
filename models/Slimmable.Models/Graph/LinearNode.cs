namespace Slimmable.Models;

/// <summary>A fully connected layer with bias on a flattened value. Weight <c>[out, in]</c>, sliced by prefix on both axes.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads, <c>[N, in]</c>; after a flatten of H x W pixels, in = channels * H * W.</param>
/// <param name="In">The input's channel axis.</param>
/// <param name="Out">The output's axis.</param>
public sealed record LinearNode(string Name, string Input, string In, string Out) : UnaryNode(Name, Input);
