using TorchSharpTests.Support;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharpTests.Torch;

/// <summary>Every differentiable operator against central differences, in double precision.</summary>
public sealed class GradientTests
{
    private static readonly Dictionary<string, (long[][] Shapes, Func<Tensor[], Tensor> Body)> Cases = new()
    {
        ["add"] = (Pair(2, 3), x => x[0].add(x[1], alpha: 3)),
        ["add broadcast"] = ([[2, 3], [3]], x => x[0] + x[1]),
        ["sub"] = (Pair(2, 3), x => x[0] - x[1]),
        ["mul"] = (Pair(2, 3), x => x[0] * x[1] * 2),
        ["div"] = (Pair(2, 3), x => x[0] / (x[1] + 3)),
        ["number div"] = (One(2, 3), x => 2 / (x[0] + 3)),
        ["pow"] = (One(2, 3), x => (x[0] + 3).pow(2.5)),
        ["addcmul"] = ([[3], [3], [3]], x => x[0].addcmul(x[1], x[2], value: 2)),
        ["addcdiv"] = ([[3], [3], [3]], x => x[0].addcdiv(x[1], x[2] + 3, value: 2)),
        ["lerp"] = ([[3], [3], [3]], x => x[0].lerp(x[1], x[2])),
        ["mm"] = ([[2, 3], [3, 4]], x => x[0].mm(x[1])),
        ["bmm"] = ([[2, 2, 3], [2, 3, 2]], x => x[0].bmm(x[1])),
        ["matmul"] = ([[2, 3], [3]], x => x[0].matmul(x[1])),
        ["maximum"] = (Pair(2, 3), x => x[0].maximum(x[1])),
        ["abs"] = (One(5), x => x[0].abs()),
        ["neg"] = (One(5), x => -x[0]),
        ["square"] = (One(5), x => x[0].square()),
        ["sqrt"] = (One(5), x => (x[0] + 3).sqrt()),
        ["rsqrt"] = (One(5), x => (x[0] + 3).rsqrt()),
        ["exp"] = (One(5), x => x[0].exp()),
        ["log"] = (One(5), x => (x[0] + 3).log()),
        ["log1p"] = (One(5), x => (x[0] + 3).log1p()),
        ["reciprocal"] = (One(5), x => (x[0] + 3).reciprocal()),
        ["clamp"] = (One(5), x => x[0].clamp(-0.3, 0.4)),
        ["sigmoid"] = (One(5), x => x[0].sigmoid()),
        ["relu"] = (One(5), x => x[0].relu()),
        ["silu"] = (One(5), x => x[0].silu()),
        ["hardswish"] = (One(5), x => x[0].hardswish()),
        ["hardsigmoid"] = (One(5), x => F.hardsigmoid(x[0])),
        ["gelu"] = (One(5), x => F.gelu(x[0])),
        ["tanh"] = (One(5), x => F.tanh(x[0])),
        ["leaky_relu"] = (One(5), x => F.leaky_relu(x[0], 0.1)),
        ["softplus"] = (One(5), x => F.softplus(x[0])),
        ["softmax"] = (One(2, 3), x => F.softmax(x[0], 1)),
        ["log_softmax"] = (One(2, 3), x => F.log_softmax(x[0], 1)),
        ["logsumexp"] = (One(2, 3), x => x[0].logsumexp(1)),
        ["cumsum"] = (One(2, 3), x => x[0].cumsum(1)),
        ["sum"] = (One(2, 3), x => x[0].sum(1)),
        ["mean"] = (One(2, 3), x => x[0].mean(new long[] { 0 })),
        ["var"] = (One(2, 3), x => x[0].var(1L)),
        ["std"] = (One(2, 3), x => x[0].std(1L)),
        ["max"] = (One(2, 3), x => x[0].max(1).values),
        ["min"] = (One(2, 3), x => x[0].min(1).values),
        ["topk"] = (One(2, 5), x => x[0].topk(2).values),
        ["norm"] = (One(2, 3), x => x[0].norm()),
        ["view"] = (One(2, 3), x => x[0].view(3, 2).square()),
        ["permute"] = (One(2, 3), x => x[0].permute(1, 0).square()),
        ["expand"] = (One(1, 3), x => x[0].expand(4, 3).square()),
        ["repeat"] = (One(3), x => x[0].repeat(2, 2).square()),
        ["narrow"] = (One(2, 5), x => x[0].narrow(1, 1, 3).square()),
        ["slice"] = (One(2, 5), x => x[0].slice(1, 0, 5, 2).square()),
        ["select"] = (One(2, 3), x => x[0].select(1, 1).square()),
        ["index"] = (One(3, 2), x => x[0][tensor(new long[] { 2, 0, 2 })].square()),
        ["index_select"] = (One(3, 2), x => x[0].index_select(0, tensor(new long[] { 2, 0, 2 })).square()),
        ["gather"] = (One(2, 3), x => x[0].gather(1, tensor(new long[] { 2, 0 }, 2, 1)).square()),
        ["scatter_add"] = (Pair(1, 3), x => x[0].scatter_add(1, tensor(new long[] { 0, 0, 2 }, 1, 3), x[1]).square()),
        ["masked_fill"] = (One(3), x => x[0].masked_fill(tensor(new[] { true, false, false }), 2).square()),
        ["where"] = (Pair(1, 3), x => where(tensor(new[] { true, false, false }), x[0], x[1]).square()),
        ["flip"] = (One(3), x => x[0].flip(0).square()),
        ["roll"] = (One(3), x => x[0].roll(1, 0).square()),
        ["cat"] = ([[2, 3], [1, 3]], x => cat(x).square()),
        ["stack"] = (Pair(2, 3), x => stack(x, 1).square()),
        ["split"] = (One(4), x => x[0].split(2)[1].square()),
        ["linear"] = ([[2, 3], [4, 3], [4]], x => F.linear(x[0], x[1], x[2])),
        ["conv2d"] = ([[2, 3, 5, 5], [4, 3, 3, 3], [4]], x => F.conv2d(x[0], x[1], x[2], strides: [2, 2], padding: [1, 1])),
        ["conv2d depthwise"] = ([[2, 4, 4, 4], [4, 1, 3, 3]], x => F.conv2d(x[0], x[1], padding: [1, 1], groups: 4)),
        ["batch_norm training"] = ([[4, 3, 2, 2], [3], [3]], x => F.batch_norm(
            x[0], zeros(3, dtype: float64), ones(3, dtype: float64), x[1], x[2], training: true)),
        ["batch_norm evaluation"] = ([[4, 3, 2, 2], [3], [3]], x => F.batch_norm(
            x[0], ones(3, dtype: float64), full(3, 2.0, dtype: float64), x[1], x[2])),
        ["group_norm"] = ([[2, 4, 2, 2], [4], [4]], x => F.group_norm(x[0], 2, x[1], x[2])),
        ["layer_norm"] = ([[2, 4], [4], [4]], x => F.layer_norm(x[0], [4], x[1], x[2])),
        ["adaptive_avg_pool2d"] = (One(1, 2, 4, 4), x => F.adaptive_avg_pool2d(x[0], 1).square()),
        ["avg_pool2d"] = (One(1, 2, 4, 4), x => F.avg_pool2d(x[0], 2).square()),
        ["max_pool2d"] = (One(1, 2, 4, 4), x => F.max_pool2d(x[0], 2)),
        ["pad"] = (One(1, 1, 2, 2), x => F.pad(x[0], (1, 1, 0, 2)).square()),
        ["cross_entropy"] = (One(3, 4), x => F.cross_entropy(x[0], tensor(new long[] { 1, 0, 3 }), label_smoothing: 0.1)),
        ["cross_entropy soft"] = (One(2, 2), x => F.cross_entropy(x[0], tensor(new[] { 0.3, 0.7, 0.9, 0.1 }, 2, 2))),
        ["nll_loss"] = (One(3, 4), x => F.nll_loss(x[0].log_softmax(1), tensor(new long[] { 1, 0, 3 }))),
        ["kl_div"] = (Pair(3, 4), x => F.kl_div(x[0].log_softmax(1), x[1].log_softmax(1))),
        ["mse_loss"] = (Pair(3), x => F.mse_loss(x[0], x[1])),
        ["smooth_l1_loss"] = (Pair(3), x => F.smooth_l1_loss(x[0], x[1])),
        ["binary_cross_entropy_with_logits"] = (One(3), x => F.binary_cross_entropy_with_logits(
            x[0], tensor(new[] { 0.0, 1, 0.5 }))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_differences(string name)
    {
        using var scope = NewDisposeScope();
        var (shapes, body) = Cases[name];
        manual_seed(name.Length);
        var inputs = shapes.Select(shape => rand(shape, float64).mul_(2).sub_(1).requires_grad_()).ToArray();
        var output = body(inputs);
        var weights = rand(output.shape, float64) + 0.5;

        var gradients = autograd.grad([(output * weights).sum()], inputs);

        using var off = no_grad();
        for (var i = 0; i < inputs.Length; i++)
            Expect.Equal(Differences(inputs, i, () => (body(inputs) * weights).sum().item<double>()), gradients[i], 1e-6);
        Assert.All(gradients, gradient => Assert.True(gradient.ne(0).any().item<bool>()));
    }

    private static double[] Differences(Tensor[] inputs, int index, Func<double> value)
    {
        const double Step = 1e-5;
        var elements = inputs[index].detach().view(-1).data<double>();
        return [.. Enumerable.Range(0, (int)elements.Count).Select(i =>
        {
            var before = elements[i];
            elements[i] = before + Step;
            var above = value();
            elements[i] = before - Step;
            var below = value();
            elements[i] = before;
            return (above - below) / (2 * Step);
        })];
    }

    private static long[][] One(params long[] shape) => [shape];

    private static long[][] Pair(params long[] shape) => [shape, shape];
}
