using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class ArithmeticTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Operators_work_element_by_element_and_broadcast()
    {
        var a = tensor(new float[] { 1, 2, 3, 4 }, 2, 2);
        var b = tensor(new float[] { 10, 20 });

        Expect.Equal([11, 22, 13, 24], a + b);
        Expect.Equal([-9, -18, -7, -16], a - b);
        Expect.Equal([10, 40, 30, 80], a * b);
        Expect.Equal([0.1, 0.1, 0.3, 0.2], a / b);
        Expect.Equal([-1, -2, -3, -4], -a);
    }

    [Fact]
    public void Operators_take_numbers_on_either_side()
    {
        var a = tensor(new float[] { 1, 2, 4 });

        Expect.Equal([3, 4, 6], a + 2);
        Expect.Equal([3, 4, 6], 2 + a);
        Expect.Equal([0.5, 1.5, 3.5], a - 0.5f);
        Expect.Equal([9, 8, 6], 10.0 - a);
        Expect.Equal([3, 6, 12], a * 3);
        Expect.Equal([3, 6, 12], 3L * a);
        Expect.Equal([0.5, 1, 2], a / 2);
        Expect.Equal([8, 4, 2], 8 / a);
        Expect.Equal([1, 2, 1], a % 3);
    }

    [Fact]
    public void Whole_numbers_stay_whole_unless_divided()
    {
        var a = tensor(new long[] { 7, -7 });

        Assert.Equal(ScalarType.Int64, (a * 2).dtype);
        Assert.Equal(ScalarType.Float32, (a / 2).dtype);
        Expect.Equal([3, -4], a.div(2, RoundingMode.floor));
        Expect.Equal([3, -3], a.div(2, RoundingMode.trunc));
    }

    [Fact]
    public void In_place_operations_change_the_tensor_and_all_its_views()
    {
        var a = tensor(new float[] { 1, 2, 3, 4 }, 2, 2);
        var row = a[1];

        a.add_(1).mul_(tensor(new float[] { 1, 10 })).sub_(2).div_(2);
        Expect.Equal([0, 14, 1, 24], a);
        Expect.Equal([1, 24], row);

        row.zero_();
        Expect.Equal([0, 14, 0, 0], a);
    }

    [Fact]
    public void Alpha_and_value_scale_what_is_added()
    {
        var a = tensor(new float[] { 1, 2 });
        var b = tensor(new float[] { 3, 4 });

        Expect.Equal([2.5, 4], a.add(b, alpha: 0.5));
        Expect.Equal([7, 10], a.clone().add_(b, alpha: 2));
        Expect.Equal([-8, -14], a.clone().addcmul_(b, b, value: -1));
        Expect.Equal([3, 4], a.clone().addcdiv_(b, b, value: 2));
        Expect.Equal([1.5, 2.5], a.clone().lerp_(b, tensor(0.25f)));
    }

    [Fact]
    public void Comparisons_give_truth_values()
    {
        var a = tensor(new float[] { 1, 2, 3 });
        var b = tensor(new float[] { 3, 2, 1 });

        Assert.Equal([false, true, false], (a == b).data<bool>().ToArray());
        Assert.Equal([true, false, true], (a != b).data<bool>().ToArray());
        Assert.Equal([true, false, false], (a < b).data<bool>().ToArray());
        Assert.Equal([true, true, false], (a <= b).data<bool>().ToArray());
        Assert.Equal([false, false, true], (a > b).data<bool>().ToArray());
        Assert.Equal([false, true, true], (a >= 2).data<bool>().ToArray());
        Assert.Equal([false, true, true], (a.gt(1) & a.le(3)).data<bool>().ToArray());
        Assert.Equal([true, false, true], (a.lt(2) | a.eq(3)).data<bool>().ToArray());
        Assert.Equal([false, true, false], a.ne(2).logical_not().data<bool>().ToArray());
    }

    [Fact]
    public void Functions_give_known_values()
    {
        var x = tensor(new[] { -2, -0.5f, 0, 1, 4 });

        Expect.Equal([2, 0.5, 0, 1, 4], x.abs());
        Expect.Equal([4, 0.25, 0, 1, 16], x.square());
        Expect.Equal([-8, -0.125, 0, 1, 64], x.pow(3));
        Expect.Equal([0.13533528, 0.60653066, 1, 2.71828183, 54.59815003], x.exp(), 1e-4);
        Expect.Equal([0, 0.69314718, 1.38629436], tensor(new float[] { 1, 2, 4 }).log());
        Expect.Equal([1, 0.5], tensor(new float[] { 1, 4 }).rsqrt());
        Expect.Equal([1, 2], tensor(new float[] { 1, 4 }).sqrt());
        Expect.Equal([-1, -0.5, 0, 1, 1], x.clamp(-1, 1));
        Expect.Equal([-1, -0.5, 0, 1, 4], x.clamp(min: -1));
        Expect.Equal([-2, -1, 0, 1, 4], x.floor());
        Expect.Equal([0, 2, 2, -2], tensor(new[] { 0.5f, 1.5f, 2.4f, -1.6f }).round());
        Expect.Equal([0.11920292, 0.37754067, 0.5, 0.73105858, 0.98201379], x.sigmoid());
        Expect.Equal([0, 0, 0, 1, 4], x.relu());
        Expect.Equal([-0.23840584, -0.18877033, 0, 0.73105858, 3.92805516], x.silu());
        Expect.Equal([-1.0 / 3, -0.5 * 2.5 / 6, 0, 4.0 / 6, 4], x.hardswish());
        Expect.Equal([-0.96402758, -0.46211716, 0, 0.76159416, 0.9993293], x.tanh());
    }

    [Fact]
    public void Not_numbers_and_infinities_are_told_apart()
    {
        var x = tensor(new[] { 1, float.NaN, float.PositiveInfinity });

        Assert.Equal([false, true, false], x.isnan().data<bool>().ToArray());
        Assert.Equal([true, false, false], x.isfinite().data<bool>().ToArray());
        Assert.Equal([false, false, true], x.isinf().data<bool>().ToArray());
        Assert.False(x.isfinite().all().item<bool>());
        Assert.True(x.isnan().any().item<bool>());
    }

    [Fact]
    public void Matrix_products_give_known_values()
    {
        var a = arange(6, ScalarType.Float32).reshape(2, 3);
        var b = arange(6, ScalarType.Float32).reshape(3, 2);

        Expect.Equal([10, 13, 28, 40], a.mm(b));
        Expect.Equal([10, 13, 28, 40], matmul(a, b));
        Expect.Equal([5, 14], a.matmul(tensor(new float[] { 0, 1, 2 })));
        Expect.Shape([4, 2, 2], ones(4, 2, 3).bmm(ones(4, 3, 2)));
    }

    [Fact]
    public void Equal_tensors_are_equal_objects_and_close_ones_are_close()
    {
        var a = tensor(new float[] { 1, 2 });

        Assert.True(a.Equals(a.clone()));
        Assert.False(a.Equals(a + 1));
        Assert.True(a.allclose(a + 1e-7f));
        Assert.False(a.allclose(a + 1e-2f));
        Assert.True(allclose(a, a + 1e-2f, atol: 1e-1));
    }
}
