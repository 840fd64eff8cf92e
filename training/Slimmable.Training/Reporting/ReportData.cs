namespace Slimmable.Training;

/// <summary>All that a report shows, and nothing of how it looks.</summary>
public sealed record ReportData
{
    /// <summary>The run's name: its recipe's, or where there is none its architecture's.</summary>
    public required string Name { get; init; }

    /// <summary>The architecture's name.</summary>
    public required string Architecture { get; init; }

    /// <summary>What was measured.</summary>
    public required ReportedTest Test { get; init; }

    /// <summary>Every width, in the graph's order: from cheap to dear, then those that only teach.</summary>
    public required IReadOnlyList<ReportedWidth> Widths { get; init; }

    /// <summary>The gated network at each of its operating points; none where there is no gate.</summary>
    public required IReadOnlyList<ReportedPoint> Points { get; init; }

    /// <summary>The run's metrics, epochs only, thinned out where there are very many; none where they are not at hand.</summary>
    public required IReadOnlyList<MetricsLine> Epochs { get; init; }

    /// <summary>The test images that the strips show.</summary>
    public required PictureTable Pictures { get; init; }

    /// <summary>Test images in a row, chosen by what a width or the gate makes of them.</summary>
    public required IReadOnlyList<PictureStrip> Strips { get; init; }

    /// <summary>The recipe as it stands in its file, or null; its end is cut off where it is very long.</summary>
    public string? Recipe { get; init; }

    /// <summary>The seed, where it is known.</summary>
    public long? Seed { get; init; }

    /// <summary>How long the run took, where it is known.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the run was computed with, where it is known.</summary>
    public RunEnvironment? Environment { get; init; }
}
