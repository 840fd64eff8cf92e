using System.Numerics;

namespace Slimmable.Export;

/// <summary>A count that a file leaves open in part: a base, and steps that may each be added up to some times.</summary>
/// <param name="Base">What it is at least.</param>
/// <param name="Steps">What may come on top.</param>
internal sealed record OpenCount(long Base, IReadOnlyList<(long Step, int Most)> Steps)
{
    /// <summary>Beyond that many numbers only the bounds are looked at.</summary>
    private const long WidestRange = 1 << 24;

    /// <summary>The largest it can be.</summary>
    public long Most => Steps.Aggregate(Base, (sum, step) => checked(sum + (step.Step * step.Most)));

    /// <summary>The sum of several.</summary>
    public static OpenCount Sum(IEnumerable<OpenCount> counts)
    {
        var list = counts.ToList();
        return new(list.Aggregate(0L, (sum, count) => checked(sum + count.Base)), [.. list.SelectMany(count => count.Steps)]);
    }

    /// <summary>Whether some choice of steps gives a number.</summary>
    public bool CanBe(long number)
    {
        if (number < Base || number > Most)
        {
            return false;
        }

        if (Most - Base > WidestRange)
        {
            return true;
        }

        // Bit n is set where n above the base can be reached.
        var reached = BigInteger.One;
        foreach (var (step, most) in Steps)
        {
            for (var times = 0; times < most; times++)
            {
                reached |= reached << (int)step;
            }
        }

        return !((reached >> (int)(number - Base)) & 1).IsZero;
    }

    public override string ToString() => Most == Base ? $"{Base}" : $"{Base} to {Most}";
}

/// <summary>What a node costs for one image.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="IsTrunk">Whether the trunk needs it.</param>
/// <param name="MAdds">Multiply-adds.</param>
/// <param name="Parameters">Learnt numbers before batch normalization was folded.</param>
internal sealed record NodeCost(string Name, bool IsTrunk, OpenCount MAdds, OpenCount Parameters);

/// <summary>What the nodes of a graph cost that cost something.</summary>
internal sealed record GraphCost(IReadOnlyList<NodeCost> Nodes);
