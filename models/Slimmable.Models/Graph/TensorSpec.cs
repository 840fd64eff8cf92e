namespace Slimmable.Models;

/// <summary>What a tensor is to its node.</summary>
public enum TensorRole
{
    /// <summary>A convolution's or linear layer's weight.</summary>
    Weight,

    /// <summary>A convolution's or linear layer's bias.</summary>
    Bias,

    /// <summary>Batch normalization's gamma.</summary>
    Gamma,

    /// <summary>Batch normalization's beta.</summary>
    Beta,

    /// <summary>Batch normalization's running mean at one width.</summary>
    RunningMean,

    /// <summary>Batch normalization's running variance at one width.</summary>
    RunningVariance,
}

/// <summary>One dimension of a tensor: as long as an axis, times a constant.</summary>
/// <param name="Axis">The axis, or null for a dimension that no subnet slices.</param>
/// <param name="Factor">The constant; the whole length where there is no axis.</param>
public readonly record struct TensorDimension(Axis? Axis, int Factor)
{
    /// <summary>Length in the shared tensor.</summary>
    public int Full => (Axis?.Largest ?? 1) * Factor;

    /// <summary>Length in a subnet.</summary>
    public int In(Subnet subnet) => (Axis is null ? 1 : subnet.WidthOn(Axis)) * Factor;
}

/// <summary>
/// A stored tensor of the supernet: its name in a checkpoint, its shape, and with that how a subnet slices it (the prefix of every
/// dimension). The list of these is what trainer, checkpoint and exporter agree on.
/// </summary>
/// <param name="Name">E.g. <c>stage4.0.pointwise.weight</c>, or <c>stem.norm.1.running_mean</c> for what is private to width 1.</param>
/// <param name="Node">The node it belongs to.</param>
/// <param name="Role">What it is to that node.</param>
/// <param name="Dimensions">Outermost first.</param>
/// <param name="WidthIndex">The index on the node's axis it is private to, or null where all widths share it.</param>
public sealed record TensorSpec(
    string Name,
    Node Node,
    TensorRole Role,
    IReadOnlyList<TensorDimension> Dimensions,
    int? WidthIndex = null)
{
    /// <summary>Whether gradients flow to it; running statistics are only counted.</summary>
    public bool IsLearnt => Role is not (TensorRole.RunningMean or TensorRole.RunningVariance);

    /// <summary>The shape of the shared tensor.</summary>
    public int[] FullShape => [.. Dimensions.Select(dimension => dimension.Full)];

    /// <summary>The shape of a subnet's slice.</summary>
    public int[] ShapeIn(Subnet subnet) => [.. Dimensions.Select(dimension => dimension.In(subnet))];
}
