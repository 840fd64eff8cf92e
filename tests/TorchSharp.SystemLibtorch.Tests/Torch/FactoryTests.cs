using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Torch;

public sealed class FactoryTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Shapes_are_given_as_numbers_or_as_an_array()
    {
        Expect.Shape([3], zeros(3));
        Expect.Shape([3, 2], ones(3, 2));
        Expect.Shape([3, 2, 1], empty(3, 2, 1));
        Expect.Shape([3, 2, 1, 4], zeros(3, 2, 1, 4));
        Expect.Shape([1, 2, 3, 4, 5], ones(new long[] { 1, 2, 3, 4, 5 }));
        Expect.Shape([0], zeros(0));
        Expect.Equal([1, 1, 1, 1, 1, 1], ones(3, 2));
    }

    [Fact]
    public void Types_and_gradients_can_be_asked_for()
    {
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
        Assert.Equal(ScalarType.Int64, zeros(1, dtype: int64).dtype);
        Assert.True(zeros(1, requires_grad: true).requires_grad);
        Assert.False(zeros(1).requires_grad);
        Assert.Equal(DeviceType.CPU, zeros(1, device: CPU).device.type);
        Assert.Equal("cpu", CPU.ToString());
    }

    [Fact]
    public void Sequences_give_known_values()
    {
        Assert.Equal([0L, 1L, 2L], arange(3).data<long>().ToArray());
        Assert.Equal([2L, 5L, 8L], arange(2, 9, 3).data<long>().ToArray());
        Expect.Equal([0, 0.5, 1], arange(0, 1.5, 0.5));
        Assert.Equal(ScalarType.Float32, arange(0, 1.5, 0.5).dtype);
        Expect.Equal([-1, 0, 1], linspace(-1, 1, 3));
        Expect.Equal([1, 0, 0, 1], eye(2));
        Expect.Equal([7, 7], full(2, 7f));
        Assert.Equal(ScalarType.Int64, full(2, 7).dtype);
        Expect.Equal([2.5, 2.5, 2.5, 2.5], full(new long[] { 2, 2 }, 2.5));
    }

    [Fact]
    public void Alike_means_shape_and_type()
    {
        var model = zeros(2, 3, dtype: float64);

        Tensor[] all =
            [zeros_like(model), ones_like(model), empty_like(model), rand_like(model), randn_like(model), full_like(model, 3)];
        foreach (var alike in all)
        {
            Expect.Shape([2, 3], alike);
            Assert.Equal(ScalarType.Float64, alike.dtype);
        }

        Expect.Equal([3, 3, 3, 3, 3, 3], full_like(model, 3));
        Assert.Equal(ScalarType.Int64, zeros_like(model, int64).dtype);
    }
}
