namespace Slimmable.Export;

/// <summary>Takes the leading part of every dimension: <c>W[:s0, :s1, ...]</c>.</summary>
internal static class PrefixSlice
{
    /// <summary>Copies the slice out.</summary>
    /// <param name="source">Row-major values of shape <paramref name="full"/>.</param>
    /// <param name="full">Outermost first; empty for a scalar.</param>
    /// <param name="slice">As many lengths, each at most the full one.</param>
    public static float[] Of(ReadOnlySpan<float> source, ReadOnlySpan<int> full, ReadOnlySpan<int> slice)
    {
        var target = new float[Product(slice)];
        Copy(source, full, slice, target);
        return target;
    }

    private static void Copy(ReadOnlySpan<float> source, ReadOnlySpan<int> full, ReadOnlySpan<int> slice, Span<float> target)
    {
        if (full.IsEmpty || full[1..].SequenceEqual(slice[1..]))
        {
            source[..target.Length].CopyTo(target);
            return;
        }

        var (fullRow, sliceRow) = (Product(full[1..]), Product(slice[1..]));
        for (var row = 0; row < slice[0]; row++)
        {
            Copy(source.Slice(row * fullRow, fullRow), full[1..], slice[1..], target.Slice(row * sliceRow, sliceRow));
        }
    }

    private static int Product(ReadOnlySpan<int> lengths)
    {
        var product = 1;
        foreach (var length in lengths)
        {
            product = checked(product * length);
        }

        return product;
    }
}
