using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharpTests.Nn;

public sealed class FunctionalTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_convolution_is_the_sum_of_its_products()
    {
        manual_seed(2);
        var (x, w, b) = (randn(2, 4, 6, 5), randn(6, 2, 3, 3), randn(6));

        var y = F.conv2d(x, w, b, strides: [2, 1], padding: [1, 1], groups: 2);

        Expect.Shape([2, 6, 3, 5], y);
        var (px, pw) = (F.pad(x, (1, 1, 1, 1)), w);
        for (var k = 0; k < 6; k++)
            for (var r = 0; r < 3; r++)
                for (var c = 0; c < 5; c++)
                {
                    var patch = px[1].narrow(0, k / 3 * 2, 2).narrow(1, 2 * r, 3).narrow(2, c, 3);
                    Assert.Equal(((patch * pw[k]).sum() + b[k]).item<float>(), y[1, k, r, c].item<float>(), 1e-4);
                }
    }

    [Fact]
    public void Images_enough_for_the_fast_path_give_the_same_convolution()
    {
        manual_seed(4);
        var (x, w) = (randn(16, 16, 14, 14), randn(32, 16, 3, 3));

        var single = F.conv2d(x, w, padding: [1, 1]);
        var twice = F.conv2d(x.@double(), w.@double(), padding: [1, 1]);

        Assert.True(single.@double().allclose(twice, rtol: 1e-4, atol: 1e-4));
    }

    [Fact]
    public void Batch_norm_uses_the_batch_in_training_and_the_running_statistics_otherwise()
    {
        var x = tensor(new float[] { 1, 3, 5, 7, 2, 2, 2, 10 }, new long[] { 2, 2, 2, 1 });
        var (mean, variance) = (zeros(2), ones(2));

        var y = F.batch_norm(x, mean, variance, training: true, momentum: 0.5, eps: 0);

        // Channel 0 holds 1, 3, 2, 2; channel 1 holds 5, 7, 2, 10.
        Expect.Equal([0, 0], y.mean(new long[] { 0, 2, 3 }), 1e-6);
        Expect.Equal([1, 1], y.square().mean(new long[] { 0, 2, 3 }), 1e-5);
        Expect.Equal([1, 3], mean);
        Expect.Equal([(1 + (2.0 / 3)) / 2, (1 + (34.0 / 3)) / 2], variance, 1e-5);

        var scaled = F.batch_norm(x, mean, variance, weight: full(2, 2f), bias: ones(2), eps: 0);
        Assert.Equal(1 + (2 * (7 - 3) / Math.Sqrt((1 + (34.0 / 3)) / 2)), scaled[0, 1, 1, 0].item<float>(), 1e-4);
        Expect.Equal([1, 3], mean);
    }

    [Fact]
    public void Linear_multiplies_by_the_transposed_weight()
    {
        var w = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);

        Expect.Equal([7, 17], F.linear(tensor(new float[] { 1, 1, 1 }, 1, 3), w, tensor(new float[] { 1, 2 })));
        Expect.Equal([6, 15], F.linear(tensor(new float[] { 1, 1, 1 }, 1, 3), w));
    }

    [Fact]
    public void Pools_give_known_values()
    {
        var x = arange(16, ScalarType.Float32).reshape(1, 1, 4, 4);

        Expect.Equal([7.5], F.adaptive_avg_pool2d(x, 1));
        Expect.Equal([3.5, 11.5], F.adaptive_avg_pool2d(x, new long[] { 2, 1 }));
        Expect.Equal([2.5, 4.5, 10.5, 12.5], F.avg_pool2d(x, 2));
        Expect.Equal([5, 7, 13, 15], F.max_pool2d(x, 2));
        Expect.Shape([1, 1, 4, 4], F.max_pool2d(x, 3, 1, 1));
        Expect.Shape([1, 1, 2, 2], F.avg_pool2d(x, new long[] { 3, 3 }, new long[] { 2, 2 }, new long[] { 1, 1 }));
    }

    [Fact]
    public void Dropout_scales_what_is_left_and_rests_outside_training()
    {
        manual_seed(0);
        var x = ones(10_000);

        var y = F.dropout(x, 0.25);

        Assert.Equal(1, y.mean().ToDouble(), 1);
        Assert.True((y.eq(0) | y.sub(4.0 / 3).abs().lt(1e-6)).all().item<bool>());
        Assert.True(x.Equals(F.dropout(x, 0.25, training: false)));
        F.dropout(x, 0.25, inplace: true);
        Assert.True(x.eq(0).any().item<bool>());
    }

    [Fact]
    public void Padding_goes_around()
    {
        var x = tensor(new float[] { 1, 2, 3, 4 }, new long[] { 1, 1, 2, 2 });

        Expect.Equal([0, 1, 2, 0, 3, 4], F.pad(x, (1, 0)));
        Expect.Equal([9, 9, 1, 2, 3, 4], F.pad(x, new long[] { 0, 0, 1, 0 }, value: 9));
        Expect.Equal([2, 1, 2, 4, 3, 4], F.pad(x, (1, 0, 0, 0), PaddingModes.Reflect));
        Expect.Equal([1, 1, 2, 3, 3, 4], F.pad(x, (1, 0, 0, 0), PaddingModes.Replicate));
    }

    [Fact]
    public void One_hot_puts_a_one_at_the_class()
    {
        Assert.Equal([0L, 1, 0, 1, 0, 0], F.one_hot(tensor(new long[] { 1, 0 }), 3).data<long>().ToArray());
    }

    [Fact]
    public void Cross_entropy_is_the_mean_of_negative_log_probabilities()
    {
        var logits = tensor(new float[] { 1, 2, 3, 0, 0, 0 }, 2, 3);
        var labels = tensor(new long[] { 2, 0 });
        var logs = logits.log_softmax(1);

        Expect.Equal([0.40760596, 1.09861229], F.cross_entropy(logits, labels, reduction: nn.Reduction.None));
        Expect.Equal([0.75310912], F.cross_entropy(logits, labels));
        Expect.Equal([0.75310912], F.nll_loss(logs, labels));

        // Smoothing by s: the target is 1 - s at the class and s / classes everywhere.
        var smooth = F.one_hot(labels, 3).to(float32) * 0.9 + (0.1 / 3);
        var expected = -(smooth * logs).sum(1).mean();
        Expect.Equal([expected.ToDouble()], F.cross_entropy(logits, labels, label_smoothing: 0.1));
        Expect.Equal([expected.ToDouble()], F.cross_entropy(logits, smooth));
    }

    [Fact]
    public void Other_losses_give_known_values()
    {
        var a = tensor(new float[] { 1, 2, 4 });
        var b = tensor(new float[] { 1, 0, 1 });

        Expect.Equal([13.0 / 3], F.mse_loss(a, b));
        Expect.Equal([13], F.mse_loss(a, b, nn.Reduction.Sum));
        Expect.Equal([(1.5 + 2.5) / 3], F.smooth_l1_loss(a, b));
        Expect.Equal(
            [(Math.Log(1 + Math.Exp(-1)) + Math.Log(1 + Math.Exp(2)) + Math.Log(1 + Math.Exp(-4))) / 3],
            F.binary_cross_entropy_with_logits(a, b));

        var (p, q) = (a.log_softmax(0), b.log_softmax(0));
        Expect.Equal([(q.exp() * (q - p)).sum().ToDouble()], F.kl_div(p, q, reduction: nn.Reduction.Sum));
        Expect.Equal([(q.exp() * (q - p)).sum().ToDouble()], F.kl_div(p, q.exp(), log_target: false, reduction: nn.Reduction.Sum));
    }

    [Fact]
    public void Activations_in_place_change_their_input()
    {
        var x = tensor(new float[] { -1, 7 });

        F.relu6(x, inplace: true);
        Expect.Equal([0, 6], x);
        Expect.Equal([0, 6], F.relu(x, inplace: true));
    }
}
