namespace Slimmable.Models;

/// <summary>A subnet's accuracy.</summary>
/// <param name="Name">The subnet.</param>
/// <param name="Top1">Percent of the test images whose largest logit is their label's.</param>
public sealed record SubnetAccuracy(string Name, double Top1);

/// <summary>The accuracy of the gated network.</summary>
/// <param name="Top1">Percent.</param>
/// <param name="MeanMAdds">Multiply-adds an image, on the average, the gate's head included.</param>
/// <param name="Shares">The part of the images that each candidate took, by name; sums to 1.</param>
public sealed record RoutedAccuracy(double Top1, double MeanMAdds, IReadOnlyDictionary<string, double> Shares);

/// <summary>What was measured on a test set when a checkpoint was made.</summary>
/// <param name="Images">How many test images.</param>
/// <param name="Subnets">Every subnet, in the graph's order.</param>
/// <param name="Routed">The gated network, where there is a gate.</param>
public sealed record AccuracyReport(int Images, IReadOnlyList<SubnetAccuracy> Subnets, RoutedAccuracy? Routed);
