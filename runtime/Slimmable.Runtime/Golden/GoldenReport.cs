using Slimmable.Models;

namespace Slimmable.Runtime;

/// <summary>How far a graph is from the trainer's own answers.</summary>
/// <param name="File">The graph's file in the bundle.</param>
/// <param name="Largest">
/// The largest difference of a logit, as a part of the trainer's largest logit where that is above 1; infinite where one of them is NaN, or a graph that
/// routes by itself chose another subnet.
/// </param>
public sealed record GoldenDifference(string File, float Largest);

/// <summary>How far a bundle is from the trainer's own answers.</summary>
/// <param name="Samples">Inputs compared; 0 where the bundle has no golden samples.</param>
/// <param name="Graphs">The gate, then the subnets' tails and standalone graphs from cheap to dear, then the graph that routes by itself.</param>
public sealed record GoldenReport(int Samples, IReadOnlyList<GoldenDifference> Graphs)
{
    /// <summary>What counts as agreement: float32 rounding through a few dozen layers stays well below.</summary>
    public const float DefaultTolerance = 1e-4f;

    /// <summary>
    /// What counts as agreement of graphs that compute in 16-bit floats, whose rounding is 8,192 times as coarse: the released network differs by 3.5e-3, and
    /// deeper ones may by more. See docs/formats.md.
    /// </summary>
    public const float DefaultTolerance16 = 2e-2f;

    /// <summary>The largest of the differences; 0 where nothing was compared.</summary>
    public float Largest => Graphs.Select(graph => graph.Largest).DefaultIfEmpty().Max();

    /// <summary>What counts as agreement of graphs of a precision, where nothing else is said.</summary>
    /// <param name="precision">The bundle's.</param>
    public static float DefaultToleranceOf(GraphPrecision precision) => precision == GraphPrecision.Half ? DefaultTolerance16 : DefaultTolerance;

    /// <summary>The graphs that do not agree.</summary>
    /// <param name="tolerance">The largest absolute difference that does.</param>
    public IEnumerable<GoldenDifference> Beyond(float tolerance = DefaultTolerance) => Graphs.Where(graph => graph.Largest > tolerance);
}
