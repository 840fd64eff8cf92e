using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = arange(12, ScalarType.Float32).reshape(3, 4);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Numbers_pick_rows_and_elements()
    {
        Expect.Equal([4, 5, 6, 7], x[1]);
        Expect.Equal([8, 9, 10, 11], x[-1]);
        Assert.Equal(6, x[1, 2].item<float>());
        Assert.Equal(0, x[1, 2].dim());
    }

    [Fact]
    public void Ranges_masks_and_new_dimensions_combine()
    {
        Expect.Equal([4, 5, 8, 9], x[TensorIndex.Slice(1), TensorIndex.Slice(stop: 2)]);
        Expect.Equal([1, 5, 9], x[TensorIndex.Ellipsis, TensorIndex.Single(1)]);
        Expect.Shape([3, 1, 4], x[TensorIndex.Colon, TensorIndex.None]);
        Expect.Equal([2, 3, 6, 7], x.index(TensorIndex.Slice(0, 2), TensorIndex.Slice(-2)));
        Expect.Equal([0, 4, 8], x[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 0 }))]);
        Expect.Equal([9, 10, 11], x[TensorIndex.Tensor(x.gt(8))]);
    }

    [Fact]
    public void Tensors_of_indices_pick_pairs()
    {
        var rows = tensor(new long[] { 0, 2 });
        var columns = tensor(new long[] { 3, 1 });

        Expect.Equal([3, 9], x[rows, columns]);
        Expect.Equal([0, 1, 2, 3, 8, 9, 10, 11], x[rows]);
        Expect.Equal([3, 1, 7, 5, 11, 9], x.index_select(1, columns));
    }

    [Fact]
    public void Setting_overwrites_the_part_and_nothing_else()
    {
        x[0] = zeros(4);
        x[TensorIndex.Slice(1, 3), TensorIndex.Single(0)] = full(2, -1);
        x[1, 3] = tensor(50f);
        x.index_put_(tensor(-5f), tensor(new long[] { 2 }), tensor(new long[] { 2 }));

        Expect.Equal([0, 0, 0, 0, -1, 5, 6, 50, -1, 9, -5, 11], x);
    }

    [Fact]
    public void Gather_and_scatter_are_inverse()
    {
        var index = tensor(new long[] { 3, 0, 1 }, 3, 1);

        var picked = x.gather(1, index);
        Expect.Equal([3, 4, 9], picked);
        Expect.Equal([0, 0, 0, 3, 4, 0, 0, 0, 0, 9, 0, 0], zeros(3, 4).scatter_(1, index, picked));
        Expect.Equal([0, 1, 2, 6, 8, 5, 6, 7, 8, 18, 10, 11], x.scatter_add(1, index, picked));
    }

    [Fact]
    public void Masks_fill_and_select()
    {
        var large = x.gt(9);

        Expect.Equal([10, 11], x.masked_select(large));
        Expect.Equal([0, 0], x.masked_fill(large, 0).masked_select(large));
        Expect.Equal([2, 2, 2, 3], large.nonzero());
        Expect.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1], where(large, full_like(x, -1), x));
    }
}
