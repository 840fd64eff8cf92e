using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class ViewTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor x = arange(24, ScalarType.Float32).reshape(2, 3, 4);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Shapes_change_without_changing_the_order()
    {
        Expect.Shape([6, 4], x.view(6, -1));
        Expect.Shape([2, 12], x.flatten(1));
        Expect.Shape([24], x.flatten());
        Expect.Shape([2, 1, 3, 4], x.unsqueeze(1));
        Expect.Shape([2, 3, 4], x.unsqueeze(0).squeeze(0));
        Expect.Shape([2, 3, 4], x.unsqueeze(0).unsqueeze(-1).squeeze());
        Expect.Shape([5, 2, 3, 4], x.expand(5, 2, 3, 4));
        Expect.Shape([2, 3, 4], ones(1, 3, 1).expand_as(x));
        Assert.Equal(3, x.dim());
        Assert.Equal(3, x.ndim);
        Assert.Equal(24, x.numel());
        Assert.Equal(4, x.size(2));
    }

    [Fact]
    public void Permuted_tensors_are_not_contiguous_until_copied()
    {
        var turned = x.permute(2, 0, 1);

        Expect.Shape([4, 2, 3], turned);
        Assert.Equal([1L, 12L, 4L], turned.stride());
        Assert.False(turned.is_contiguous());
        Assert.True(turned.contiguous().is_contiguous());
        Expect.Equal([0, 4, 8, 12, 16, 20], turned[0]);
        Expect.Equal(Expect.Values(turned), turned.contiguous());
        Expect.Shape([2, 4, 3], x.transpose(1, 2));
        Expect.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], x[0].t());
    }

    [Fact]
    public void Narrow_slice_and_select_share_memory()
    {
        var part = x.narrow(2, 1, 2);
        Expect.Equal([1, 2, 5, 6, 9, 10], part[0]);
        Expect.Equal([0, 2, 12, 14], x.slice(2, 0, 4, 2).select(1, 0));

        part.fill_(-1);
        Expect.Equal([0, -1, -1, 3], x[0, 0]);
    }

    [Fact]
    public void A_prefix_of_a_weight_learns_only_its_part()
    {
        var weight = x[0].clone().requires_grad_();

        var prefix = weight.narrow(0, 0, 2).narrow(1, 0, 3);
        var gradient = autograd.grad([prefix.sum()], [weight])[0];

        Expect.Equal([1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0], gradient);
    }

    [Fact]
    public void Splitting_and_joining_are_inverse()
    {
        var parts = x.split(2, dim: 2);
        Assert.Equal(2, parts.Length);
        Assert.True(cat(parts, 2).Equals(x));

        var uneven = x.split(new long[] { 1, 3 }, dim: 2);
        Expect.Shape([2, 3, 3], uneven[1]);
        Assert.Equal(3, x.chunk(3, 1).Length);
        Assert.True(stack(x.unbind(1), 1).Equals(x));
    }

    [Fact]
    public void Elements_move_about()
    {
        var row = arange(4, ScalarType.Float32);

        Expect.Equal([3, 2, 1, 0], row.flip(0));
        Expect.Equal([3, 0, 1, 2], row.roll(1, 0));
        Expect.Equal([0, 1, 2, 3, 0, 1, 2, 3], row.repeat(2));
        Expect.Equal([0, 0, 1, 1, 2, 2, 3, 3], row.repeat_interleave(2));
        Expect.Shape([2, 8], row.repeat(2, 2));
    }
}
