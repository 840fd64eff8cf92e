namespace Slimmable.Models;

/// <summary>Mean over all pixels: <c>[N, C, H, W]</c> to <c>[N, C, 1, 1]</c>.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads.</param>
public sealed record GlobalAveragePoolNode(string Name, string Input) : UnaryNode(Name, Input);

/// <summary>Mean over a square window; padding counts as zeros.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads, <c>[N, C, H, W]</c>.</param>
/// <param name="Kernel">Side of the window, 1..255.</param>
/// <param name="Stride">1..255.</param>
/// <param name="Padding">0..kernel/2 on each side.</param>
public sealed record AveragePoolNode(string Name, string Input, int Kernel, int Stride, int Padding) : UnaryNode(Name, Input);

/// <summary>Maximum over a square window; padding never wins.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Input">The value it reads, <c>[N, C, H, W]</c>.</param>
/// <param name="Kernel">Side of the window, 1..255.</param>
/// <param name="Stride">1..255.</param>
/// <param name="Padding">0..kernel/2 on each side.</param>
public sealed record MaxPoolNode(string Name, string Input, int Kernel, int Stride, int Padding) : UnaryNode(Name, Input);
