namespace Slimmable.Models;

/// <summary>Where a checkpoint comes from and how its input is made. All of it is optional: an untrained checkpoint has none.</summary>
public sealed record CheckpointInfo
{
    /// <summary>The recipe it was trained by, as JSON text.</summary>
    public string? Recipe { get; init; }

    /// <summary>The seed it was trained or initialized from.</summary>
    public long? Seed { get; init; }

    /// <summary>The data set's name, e.g. <c>fashion-mnist</c>.</summary>
    public string? DataSet { get; init; }

    /// <summary>The classes' names, in the order of the logits.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>How a raw image becomes the input.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>The mean costs that the gate can be set to, its own first; null for a gate that was trained to none.</summary>
    public IReadOnlyList<OperatingPoint>? OperatingPoints { get; init; }

    /// <summary>What was measured on the test set.</summary>
    public AccuracyReport? Accuracy { get; init; }
}
