using static TorchSharp.torch;

namespace TorchSharpTests.Torch;

public sealed class ThreadTests
{
    [Fact]
    public void The_number_of_threads_changes_no_result()
    {
        using var scope = NewDisposeScope();
        var before = get_num_threads();
        var (a, b) = (rand(200, 300), rand(300, 100));
        try
        {
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
            var alone = a.mm(b);
            set_num_threads(2);
            Assert.Equal(2, get_num_threads());
            Assert.True(alone.allclose(a.mm(b), rtol: 1e-4));
        }
        finally
        {
            set_num_threads(before);
        }

        Assert.True(get_num_interop_threads() >= 1);
    }

    [Fact]
    public void Many_threads_may_compute_at_once()
    {
        using var a = eye(50);

        Parallel.For(0, 64, i =>
        {
            using var scope = NewDisposeScope();
            var weight = full(new long[] { 50, 50 }, i, float32).requires_grad_();
            var gradient = autograd.grad([a.mm(weight).square().sum()], [weight])[0];
            Assert.Equal(2f * i, gradient[49, 49].item<float>());
        });
    }
}
