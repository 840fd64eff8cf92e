namespace Slimmable.Training;

/// <summary>The gated network at one setting of its gate.</summary>
/// <param name="Name">What the setting is called, e.g. <c>gated to 40 %</c>, the mean cost it is to keep as a part of the widest's.</param>
/// <param name="Top1">Percent on the test set.</param>
/// <param name="MeanMAdds">Multiply-adds an image, on the average, the gate's head included.</param>
/// <param name="Shares">The part of the test images that each candidate took, in the gate's order; sums to 1.</param>
public sealed record ReportedPoint(string Name, double Top1, double MeanMAdds, IReadOnlyList<ReportedShare> Shares);

/// <summary>What a candidate took.</summary>
/// <param name="Name">The subnet's name.</param>
/// <param name="Share">0..1.</param>
public sealed record ReportedShare(string Name, double Share);
