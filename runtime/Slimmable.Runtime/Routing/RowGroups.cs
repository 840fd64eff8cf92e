namespace Slimmable.Runtime;

/// <summary>A batch's rows by the subnet they go to; within a subnet in their own order.</summary>
internal sealed class RowGroups
{
    private readonly int[] rows;
    private readonly int[] ends;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">The longest batch.</param>
    /// <param name="subnets">How many there are.</param>
    public RowGroups(int capacity, int subnets)
    {
        rows = new int[capacity];
        ends = new int[subnets];
    }

    /// <summary>Groups a batch: a counting sort.</summary>
    /// <param name="chosen">By row, the subnet.</param>
    public void Set(ReadOnlySpan<int> chosen)
    {
        Array.Clear(ends);
        foreach (var subnet in chosen)
        {
            ends[subnet]++;
        }

        for (var subnet = 1; subnet < ends.Length; subnet++)
        {
            ends[subnet] += ends[subnet - 1];
        }

        // From behind, so that each group's end walks down to its start; the starts are then the ends of the groups before.
        for (var row = chosen.Length - 1; row >= 0; row--)
        {
            rows[--ends[chosen[row]]] = row;
        }

        for (var subnet = 0; subnet < ends.Length; subnet++)
        {
            ends[subnet] = subnet + 1 < ends.Length ? ends[subnet + 1] : chosen.Length;
        }
    }

    /// <summary>The rows that go to a subnet.</summary>
    public ReadOnlySpan<int> Of(int subnet)
    {
        var start = subnet == 0 ? 0 : ends[subnet - 1];
        return rows.AsSpan(start, ends[subnet] - start);
    }
}
