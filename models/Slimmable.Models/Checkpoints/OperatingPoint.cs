namespace Slimmable.Models;

/// <summary>A setting of the gate: what is added to its scores, before the largest is taken, so that routing costs so much on the average.</summary>
/// <param name="TargetCost">The mean cost that is kept, the gate's included, as a part of the widest routable subnet's MAdds; above 0, at most 1.</param>
/// <param name="Offsets">One for each candidate, in their order. All zero at the first point, which the gate's own bias holds.</param>
public sealed record OperatingPoint(double TargetCost, IReadOnlyList<float> Offsets)
{
    /// <summary>What is wrong with the points of a gate.</summary>
    /// <param name="points">The points.</param>
    /// <param name="candidates">How many candidates the gate has; 0 for no gate.</param>
    internal static IEnumerable<string> FaultsOf(IReadOnlyList<OperatingPoint> points, int candidates)
    {
        foreach (var (index, point) in points.Index())
        {
            if (point is null || point.TargetCost is not (> 0 and <= 1) || point.Offsets is null || point.Offsets.Count != candidates || !point.Offsets.All(float.IsFinite))
            {
                var found = point is null ? "null" : $"{point.TargetCost} with {point.Offsets?.Count ?? 0} offsets";
                yield return $"operatingPoints[{index}]: expected a targetCost in (0, 1] and a finite offset for each of {candidates} candidates, found {found}";
            }
            else if (index == 0 && point.Offsets.Any(offset => offset != 0))
            {
                yield return "operatingPoints[0]: expected offsets of zero, for the first point is the gate's own";
            }
        }

        foreach (var repeated in points.Where(point => point is not null).GroupBy(point => point.TargetCost).Where(same => same.Count() > 1))
        {
            yield return $"operatingPoints: targetCost {repeated.Key} is listed twice";
        }
    }
}
