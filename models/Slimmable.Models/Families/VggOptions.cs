namespace Slimmable.Models;

/// <summary>What a slimmable VGG is built from.</summary>
public sealed record VggOptions : WidthOptions
{
    /// <summary>Convolutions of each stage, in order, each from 1 up: 1, 1, 2, 2, 2 in VGG-11; 2, 2, 3, 3, 3 in VGG-16.</summary>
    public required IReadOnlyList<int> Convolutions { get; init; }

    /// <summary>Output channels of each stage at multiplier 1, as many as there are stages.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 128, 256, 512, 512];

    /// <summary>
    /// Hidden layers of the classifier at multiplier 1, in order; default two of 4096, which read the last feature map pixel by pixel. With none,
    /// global average pooling takes the place of the last max pool, and a linear layer follows.
    /// </summary>
    public IReadOnlyList<int> Hidden { get; init; } = [4096, 4096];

    /// <summary>Dropout after each hidden layer, in [0, 1); default 0.5.</summary>
    public double Dropout { get; init; } = 0.5;

    internal override long TotalStride => 1L << Math.Clamp(Convolutions.Count - (Hidden.Count == 0 ? 1 : 0), 0, 62);

    internal override IEnumerable<string> Faults()
    {
        if (Convolutions.Count == 0 || Convolutions.Any(count => count < 1))
        {
            yield return $"Convolutions: expected numbers from 1 up, found [{string.Join(", ", Convolutions)}]";
        }

        if (Channels.Count != Convolutions.Count || Channels.Any(count => count < 1))
        {
            yield return $"Channels: expected {Convolutions.Count} numbers from 1 up, one for each stage, found [{string.Join(", ", Channels)}]";
        }

        if (Hidden.Any(count => count < 1))
        {
            yield return $"Hidden: expected numbers from 1 up, found [{string.Join(", ", Hidden)}]";
        }

        foreach (var fault in base.Faults())
        {
            yield return fault;
        }
    }
}
