using System.Text.Json.Serialization;
using Slimmable.Export;

namespace Slimmable.Cli;

/// <summary>A subnet in <c>info</c>.</summary>
internal sealed record SubnetInfo(string Name, bool Routable, [property: JsonPropertyName("madds")] long MAdds, long Parameters);

/// <summary>The gate in <c>info</c>.</summary>
internal sealed record GateInfo(IReadOnlyList<string> Candidates);

/// <summary>What <c>info --json</c> prints.</summary>
internal sealed record InfoAnswer(string Kind, string Name, IReadOnlyList<SubnetInfo> Subnets, GateInfo? Gate);

/// <summary>A subnet in <c>evaluate</c>; accuracy in percent.</summary>
internal sealed record SubnetScore(string Name, bool Routable, [property: JsonPropertyName("madds")] long MAdds, double Top1);

/// <summary>The gated network in <c>evaluate</c>, at one of its operating points; the target is null for a gate that has none.</summary>
internal sealed record RoutedScore(
    double? TargetCost, double Top1, [property: JsonPropertyName("meanMadds")] double MeanMAdds, IReadOnlyDictionary<string, double> Shares);

/// <summary>What <c>evaluate --json</c> prints; empty lists where there is no gate.</summary>
internal sealed record EvaluateAnswer(IReadOnlyList<SubnetScore> Subnets, IReadOnlyList<RoutedScore> Routed);

/// <summary>A subnet in <c>bench</c>; times in microseconds a call. The full one is null where the router's own graph is the only one.</summary>
internal sealed record SubnetTiming(string Name, [property: JsonPropertyName("madds")] long MAdds, double MedianUs, double P95Us, double? FullMedianUs);

/// <summary>The gated network in <c>bench</c>, at one of its operating points; times in microseconds a call.</summary>
internal sealed record RoutedTiming(double? TargetCost, double MeanUs, double MedianUs, double P95Us, [property: JsonPropertyName("meanMadds")] double MeanMAdds);

/// <summary>What <c>bench --json</c> prints.</summary>
internal sealed record BenchAnswer(int Threads, int Batch, IReadOnlyList<SubnetTiming> Subnets, IReadOnlyList<RoutedTiming> Routed);

/// <summary>A check in <c>validate</c>.</summary>
internal sealed record CheckResult(string File, string Check, bool Passed, string Detail)
{
    /// <summary>What is wrong, which the answer lists by itself.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>What <c>validate --json</c> prints.</summary>
internal sealed record ValidateAnswer(bool Valid, IReadOnlyList<Finding> Findings, IReadOnlyList<CheckResult> Checks);

/// <summary>What <c>diff --json</c> prints.</summary>
internal sealed record DiffAnswer(bool Same, IReadOnlyList<Difference> Differences);

/// <summary>What <c>run --json</c> prints.</summary>
internal sealed record RunAnswer(string Output, int Images, IReadOnlyDictionary<string, int> Subnets, [property: JsonPropertyName("meanMadds")] double MeanMAdds);

/// <summary>How answers become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(InfoAnswer))]
[JsonSerializable(typeof(EvaluateAnswer))]
[JsonSerializable(typeof(BenchAnswer))]
[JsonSerializable(typeof(ValidateAnswer))]
[JsonSerializable(typeof(DiffAnswer))]
[JsonSerializable(typeof(RunAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
