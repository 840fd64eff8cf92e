using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>An ONNX file of a bundle.</summary>
/// <param name="File">Its name.</param>
internal abstract record PlannedFile(string File);

/// <summary>A part of one subnet.</summary>
/// <param name="File">Its file.</param>
/// <param name="Subnet">The subnet its weights are sliced for.</param>
/// <param name="Input">What enters: its name outside, and the supernet's value.</param>
/// <param name="Outputs">The same for what leaves.</param>
internal sealed record PlannedGraph(string File, Subnet Subnet, (string Port, string Value) Input, IReadOnlyList<(string Port, string Value)> Outputs)
    : PlannedFile(File);

/// <summary>A gate and the tails it chooses from, in one graph.</summary>
/// <param name="File">Its file.</param>
/// <param name="Gate">From the input to the features and the scores.</param>
/// <param name="Tails">From the features to the logits, in the order of the scores.</param>
internal sealed record PlannedRouting(string File, PlannedGraph Gate, IReadOnlyList<PlannedGraph> Tails) : PlannedFile(File);
