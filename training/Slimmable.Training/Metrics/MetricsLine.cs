using System.Text.Json.Serialization;
using Slimmable.Models;

namespace Slimmable.Training;

/// <summary>A line of a run's metrics: an epoch, or the evaluation at the end.</summary>
public sealed record MetricsLine
{
    /// <summary>The phase of an epoch, e.g. <c>stage one</c>, or <c>evaluation</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>The epoch of the phase, from 1 up; null at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Epoch { get; init; }

    /// <summary>How many epochs the phase has; null at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Epochs { get; init; }

    /// <summary>The steps of the phase that are done; null at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Step { get; init; }

    /// <summary>Of the last step; null at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LearningRate { get; init; }

    /// <summary>The epoch's means, e.g. of <c>widest loss</c>; null at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Means { get; init; }

    /// <summary>What the run has taken so far; what was lost by a kill is not counted.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// On the whole test set, with the weights as they would be served; nothing is chosen by it. Null where the epoch was not watched; without
    /// routing while the gate has learnt nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccuracyReport? Accuracy { get; init; }

    /// <summary>What the run was computed with; null but at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunEnvironment? Environment { get; init; }

    /// <summary>The phase of the last line.</summary>
    internal const string Evaluation = "evaluation";
}
