namespace Slimmable.Models;

/// <summary>The shape of a value in the graph, without the batch dimension; the channel count depends on the subnet.</summary>
/// <param name="Axis">The channel axis.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="IsFlat">Whether the value is <c>[N, C*H*W]</c> rather than <c>[N, C, H, W]</c>.</param>
public readonly record struct ValueShape(string Axis, int Height, int Width, bool IsFlat)
{
    /// <summary>Pixels a channel.</summary>
    public long Pixels => (long)Height * Width;

    /// <summary>The shape as it stands in messages, e.g. <c>[N, stem.out, 28, 28]</c>.</summary>
    public override string ToString() => IsFlat ? $"[N, {Axis}{(Pixels == 1 ? "" : $" * {Pixels}")}]" : $"[N, {Axis}, {Height}, {Width}]";
}
