using TorchSharp;

namespace Slimmable.Training;

/// <summary>A batch, ready for the network.</summary>
/// <param name="Images">Float32 <c>[N, C, H, W]</c>, preprocessed.</param>
/// <param name="Labels">Int64 <c>[N]</c>.</param>
public sealed record Batch(torch.Tensor Images, torch.Tensor Labels);
