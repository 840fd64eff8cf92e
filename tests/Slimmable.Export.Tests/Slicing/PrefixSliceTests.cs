using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Export.Tests;

public sealed class PrefixSliceTests
{
    [Fact]
    public void Every_element_of_a_slice_is_the_one_at_the_same_index()
    {
        var cases =
            from rank in Gen.Choose(0, 4)
            from full in Gen.Choose(1, 6).ArrayOf(rank)
            from cut in Gen.Choose(0, 5).ArrayOf(rank)
            select (Full: full, Slice: full.Zip(cut, (length, less) => Math.Max(1, length - less)).ToArray());
        Prop.ForAll(cases.ToArbitrary(), shapes =>
        {
            var source = Enumerable.Range(0, Product(shapes.Full)).Select(index => (float)index).ToArray();
            var slice = PrefixSlice.Of(source, shapes.Full, shapes.Slice).ToArray();
            return slice.Length == Product(shapes.Slice)
                && Enumerable.Range(0, slice.Length).All(offset => slice[offset] == source[Offset(Index(offset, shapes.Slice), shapes.Full)]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_slice_longer_than_its_source_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => PrefixSlice.Of(new float[4], [2, 2], [3, 2]).ToArray());

    private static int Product(int[] lengths) => lengths.Aggregate(1, (product, length) => product * length);

    private static int[] Index(int offset, int[] shape)
    {
        var index = new int[shape.Length];
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            (offset, index[dimension]) = (offset / shape[dimension], offset % shape[dimension]);
        }

        return index;
    }

    private static int Offset(int[] index, int[] shape) => index.Zip(shape).Aggregate(0, (sum, pair) => (sum * pair.Second) + pair.First);
}
