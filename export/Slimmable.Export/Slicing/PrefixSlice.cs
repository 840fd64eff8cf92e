using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Takes the leading part of every dimension: <c>W[:s0, :s1, ...]</c>. Nothing is copied until the slice is read.</summary>
internal static class PrefixSlice
{
    /// <summary>A view of the slice.</summary>
    /// <param name="source">Row-major values of shape <paramref name="full"/>.</param>
    /// <param name="full">Outermost first; empty for a scalar.</param>
    /// <param name="slice">As many lengths, each at most the full one and above 0.</param>
    public static TensorValues Of(TensorValues source, IReadOnlyList<int> full, IReadOnlyList<int> slice)
    {
        // What lies behind the last dimension that is cut lies in one run, in the source as in the slice.
        var cut = Enumerable.Range(0, full.Count).LastOrDefault(dimension => slice[dimension] != full[dimension]);
        var run = Product(slice.Skip(cut));
        int[] lengths = [.. slice.Take(cut)];
        long[] strides = [.. Enumerable.Range(1, cut).Select(dimension => Product(full.Skip(dimension)))];
        return new(Product(slice), (first, target) =>
        {
            while (!target.IsEmpty)
            {
                var (row, within) = Math.DivRem(first, run);
                var piece = target[..(int)Math.Min(target.Length, run - within)];
                source.Read(Start(row) + within, piece);
                first += piece.Length;
                target = target[piece.Length..];
            }
        });

        long Start(long row)
        {
            var start = 0L;
            for (var dimension = cut - 1; dimension >= 0; dimension--)
            {
                (row, var index) = Math.DivRem(row, lengths[dimension]);
                start += index * strides[dimension];
            }

            return start;
        }
    }

    private static long Product(IEnumerable<int> shape) => shape.Aggregate(1L, (product, length) => checked(product * length));
}
