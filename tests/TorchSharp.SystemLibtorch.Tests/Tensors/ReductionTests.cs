using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class ReductionTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = tensor(new float[] { 1, 5, 3, 4, 2, 6 }, 2, 3);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Sums_and_means_run_over_all_or_over_dimensions()
    {
        Expect.Equal([21], x.sum());
        // Not sum(0): C# would take the zero for an element type, in TorchSharp, too.
        Expect.Equal([5, 7, 9], x.sum(dim: 0));
        Expect.Equal([9, 12], x.sum(new long[] { 1 }));
        Expect.Shape([2, 1], x.sum(1, keepdim: true));
        Expect.Equal([3.5], x.mean());
        Expect.Equal([3, 4], x.mean(new long[] { 1 }));
        Expect.Shape([1, 1], x.mean(new long[] { 0, 1 }, keepdim: true));
        Assert.Equal(ScalarType.Float64, x.sum(ScalarType.Float64).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1, 2 }).sum().dtype);
    }

    [Fact]
    public void Variances_divide_by_the_number_or_by_one_less()
    {
        Expect.Equal([3.5], x.var());
        Expect.Equal([Math.Sqrt(3.5)], x.std());
        Expect.Equal([8.0 / 3, 8.0 / 3], x.var(1L, unbiased: false));
        Expect.Equal([Math.Sqrt(4.5), Math.Sqrt(4.5), Math.Sqrt(4.5)], x.std(0L));
    }

    [Fact]
    public void Extremes_come_with_their_places()
    {
        var (largest, where) = x.max(1);
        Expect.Equal([5, 6], largest);
        Assert.Equal([1L, 2L], where.data<long>().ToArray());
        var (smallest, there) = x.min(0);
        Expect.Equal([1, 2, 3], smallest);
        Assert.Equal([0L, 1L, 0L], there.data<long>().ToArray());

        Expect.Equal([6], x.max());
        Expect.Equal([1], x.min());
        Assert.Equal(5, x.argmax().item<long>());
        Assert.Equal([1L, 2L], x.argmax(1).data<long>().ToArray());
        Assert.Equal([0L, 1L], x.argmin(1).data<long>().ToArray());
        Expect.Equal([4, 5, 6], x.amax(0));
        Expect.Equal([3, 5, 3, 4, 3, 6], maximum(x, full_like(x, 3)));
        Expect.Equal([1, 3, 3, 3, 2, 3], minimum(x, full_like(x, 3)));
    }

    [Fact]
    public void Sorting_gives_the_order()
    {
        var (top, places) = x.topk(2, dim: 1);
        Expect.Equal([5, 3, 6, 4], top);
        Assert.Equal([1L, 2L, 2L, 0L], places.data<long>().ToArray());

        var (sorted, order) = x.sort(dim: 1, descending: true);
        Expect.Equal([5, 3, 1, 6, 4, 2], sorted);
        Assert.Equal([1L, 2L, 0L, 2L, 0L, 1L], order.data<long>().ToArray());
        Assert.Equal([0L, 2L, 1L, 1L, 0L, 2L], x.argsort(1).data<long>().ToArray());
    }

    [Fact]
    public void Norms_and_running_sums_give_known_values()
    {
        Expect.Equal([Math.Sqrt(91)], x.norm());
        Expect.Equal([21], x.norm(1f));
        Expect.Equal([Math.Sqrt(35), Math.Sqrt(56)], x.norm(1));
        Expect.Equal([1, 6, 9, 4, 6, 12], x.cumsum(1));
    }

    [Fact]
    public void Softmax_and_its_logarithm_sum_to_one()
    {
        var p = x.softmax(1);

        Expect.Equal([1, 1], p.sum(1));
        Expect.Equal(Expect.Values(p.log()), x.log_softmax(1), 1e-5);
        Expect.Equal([5.14293, 6.14293], x.logsumexp(1), 1e-4);
        Expect.Equal([0.01587624, 0.86681333, 0.11731043], softmax(x[0], 0));
    }

    [Fact]
    public void Counting_adds_up()
    {
        var labels = tensor(new long[] { 0, 2, 2, 1, 2 });

        Assert.Equal([1L, 1L, 3L, 0L], bincount(labels, minlength: 4).data<long>().ToArray());
        Assert.Equal(3, labels.eq(2).sum().item<long>());
    }
}
