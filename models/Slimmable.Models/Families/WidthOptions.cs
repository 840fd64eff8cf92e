using System.Globalization;

namespace Slimmable.Models;

/// <summary>
/// What the families have in common in which one multiplier makes every layer narrower: slimmable networks (S-Net: Yu et al., ICLR 2019) and
/// universally slimmable networks (US-Net: Yu and Huang, ICCV 2019). They have no gate; the caller chooses the width.
/// </summary>
public abstract record WidthOptions
{
    private const double LargestMultiplier = 16;

    /// <summary>The architecture's name.</summary>
    public required string Name { get; init; }

    /// <summary>What goes in and comes out; default ImageNet's.</summary>
    public DataShape Data { get; init; } = DataShape.ImageNet;

    /// <summary>
    /// The widths that keep batch statistics of their own, ascending, each above 0 and at most 16; default S-Net's 0.25, 0.5, 0.75 and 1.
    /// Each becomes a subnet <c>width-M</c>, M to three decimals.
    /// </summary>
    public IReadOnlyList<double> Multipliers { get; init; } = [0.25, 0.5, 0.75, 1];

    /// <summary>Whether widths share gamma and beta: private in S-Net, the default; shared in US-Net.</summary>
    public AffineSharing Affine { get; init; } = AffineSharing.Private;

    /// <summary>Channels come in multiples of it, from 1 up; default 8, as in the authors' code.</summary>
    public int Divisor { get; init; } = 8;

    /// <summary>How many input pixels one pixel of the last feature map stands for, along a side.</summary>
    internal abstract long TotalStride { get; }

    /// <summary>The name of the subnet of a multiplier.</summary>
    internal static string SubnetName(double multiplier) => string.Create(CultureInfo.InvariantCulture, $"width-{multiplier:0.###}");

    /// <summary>What the family cannot be built from; the graph's own rules catch the rest.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        var ascending = Multipliers.Zip(Multipliers.Skip(1)).All(pair => pair.First < pair.Second);
        if (Multipliers.Count == 0 || !ascending || !Multipliers.All(multiplier => multiplier is > 0 and <= LargestMultiplier))
        {
            var found = string.Join(", ", Multipliers.Select(multiplier => multiplier.ToString(CultureInfo.InvariantCulture)));
            yield return $"Multipliers: expected numbers that ascend in (0, {LargestMultiplier}], found [{found}]";
        }

        if (Divisor < 1)
        {
            yield return $"Divisor: expected at least 1, found {Divisor}";
        }

        if (Data.Height < TotalStride || Data.Width < TotalStride)
        {
            yield return $"Data: expected sides of at least {TotalStride} pixels, which strides bring down to one, found {Data.Height}x{Data.Width}";
        }
    }

    /// <summary>What is wrong with a family's stages.</summary>
    internal static IEnumerable<string> StageFaults(IReadOnlyList<Stage> stages)
    {
        if (stages.Count == 0)
        {
            yield return "Stages: expected at least one";
        }

        foreach (var (index, stage) in stages.Index())
        {
            if (stage.Channels < 1 || stage.Blocks < 1 || stage.Stride < 1)
            {
                var (channels, blocks, stride) = stage;
                yield return $"Stages[{index}]: expected channels, blocks and a stride from 1 up, found {channels}, {blocks} and {stride}";
            }
        }
    }
}
