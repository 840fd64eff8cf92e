using TorchSharp;
using TorchSharp.Modules;
using TorchSharpTests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpTests.Optim;

public sealed class OptimizerTests : IDisposable
{
    private static readonly double[] Gradients = [0.5, -1, 2, 0.25, 0];

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(0, 0, 0.1, false)]
    [InlineData(0.9, 0, 0, false)]
    [InlineData(0.9, 0.3, 0.1, false)]
    [InlineData(0.9, 0, 0.1, true)]
    public void SGD_follows_its_formula(double momentum, double dampening, double decay, bool nesterov)
    {
        const double Rate = 0.1;
        var p = Weight(1.5);
        using var optimizer = optim.SGD([p], Rate, momentum, dampening, decay, nesterov);
        double expected = 1.5, buffer = double.NaN;

        foreach (var gradient in Gradients)
        {
            Step(optimizer, p, gradient);

            var g = gradient + (decay * expected);
            buffer = double.IsNaN(buffer) ? g : (momentum * buffer) + ((1 - dampening) * g);
            expected -= Rate * (momentum == 0 ? g : nesterov ? g + (momentum * buffer) : buffer);
            Assert.Equal(expected, p.item<double>(), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void AdamW_follows_its_formula(double decay, bool amsgrad)
    {
        const double Rate = 0.1, Beta1 = 0.8, Beta2 = 0.95, Eps = 1e-6;
        var p = Weight(1.5);
        using var optimizer = optim.AdamW([p], Rate, Beta1, Beta2, Eps, decay, amsgrad);
        double expected = 1.5, m = 0, v = 0, largest = 0;

        for (var t = 1; t <= Gradients.Length; t++)
        {
            var g = Gradients[t - 1];
            Step(optimizer, p, g);

            expected *= 1 - (Rate * decay);
            m = (Beta1 * m) + ((1 - Beta1) * g);
            v = (Beta2 * v) + ((1 - Beta2) * g * g);
            largest = Math.Max(largest, v);
            var root = Math.Sqrt((amsgrad ? largest : v) / (1 - Math.Pow(Beta2, t))) + Eps;
            expected -= Rate / (1 - Math.Pow(Beta1, t)) * m / root;
            Assert.Equal(expected, p.item<double>(), 1e-12);
        }
    }

    [Fact]
    public void Groups_have_settings_of_their_own_and_their_rates_can_be_changed()
    {
        var (a, b) = (Weight(1), Weight(1));
        using var optimizer = optim.SGD(
            [
                new SGD.ParamGroup([a], new SGD.Options { weight_decay = 0.5 }),
                new SGD.ParamGroup([b], new SGD.Options { LearningRate = 0.2 }),
            ],
            0.1);

        Step(optimizer, a + b, 1);
        Assert.Equal(1 - (0.1 * 1.5), a.item<double>(), 1e-12);
        Assert.Equal(0.8, b.item<double>(), 1e-12);

        foreach (var group in optimizer.ParamGroups)
            group.LearningRate *= 0.5;
        Assert.Equal([0.05, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.1, 0.2], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
        Step(optimizer, b, 1);
        Assert.Equal(0.7, b.item<double>(), 1e-12);
        Assert.Equal(2, optimizer.parameters().Count());
    }

    [Fact]
    public void A_parameter_without_gradient_stays()
    {
        var (a, b) = (Weight(1), Weight(1));
        using var optimizer = optim.AdamW([a, b], weight_decay: 0.5);

        Step(optimizer, a, 1);

        Assert.Equal(1, b.item<double>());
        Assert.NotEqual(1, a.item<double>());
    }

    [Fact]
    public void Gradients_add_up_until_they_are_zeroed()
    {
        var p = Weight(0);
        using var optimizer = optim.SGD([p], 1);

        (p * 2).sum().backward();
        (p * 3).sum().backward();
        optimizer.step();
        Assert.Equal(-5, p.item<double>());

        optimizer.zero_grad();
        optimizer.step();
        Assert.Equal(-5, p.item<double>());
    }

    [Fact]
    public void A_closure_gives_the_loss()
    {
        var p = Weight(3);
        using var optimizer = optim.SGD([p], 0.5);

        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var square = p.square().sum();
            square.backward();
            return square;
        });

        Assert.Equal(9, loss!.item<double>());
        Assert.Equal(0, p.item<double>());
    }

    [Fact]
    public void SGD_goes_on_from_a_saved_state()
    {
        var (p, q) = (Weight(1), Weight(1));
        using var optimizer = optim.SGD([p], 0.1, momentum: 0.9);
        Step(optimizer, p, 1);
        using var resumed = optim.SGD([q], 0.1, momentum: 0.9);
        q.detach().copy_(p);

        var saved = (SGD.State)optimizer.state_dict().State[0];
        ((SGD.State)resumed.state_dict().State[0]).momentum_buffer = saved.momentum_buffer!.clone().DetachFromDisposeScope();
        Step(optimizer, p, 2);
        Step(resumed, q, 2);

        Assert.Equal(p.item<double>(), q.item<double>());
    }

    [Fact]
    public void AdamW_goes_on_from_a_saved_state()
    {
        var (p, q) = (Weight(1), Weight(1));
        using var optimizer = optim.AdamW([p], 0.1);
        Step(optimizer, p, 1);
        using var resumed = optim.AdamW([q], 0.1);
        q.detach().copy_(p);

        var saved = (AdamW.State)optimizer.state_dict().State[0];
        var target = (AdamW.State)resumed.state_dict().State[0];
        target.step = saved.step;
        target.exp_avg.copy_(saved.exp_avg);
        target.exp_avg_sq.copy_(saved.exp_avg_sq);
        Step(optimizer, p, 2);
        Step(resumed, q, 2);

        Assert.Equal(p.item<double>(), q.item<double>());
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        var p = Weight(1);

        Assert.Throws<ArgumentException>(() => optim.SGD([p], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p], 1, momentum: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p], 1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.AdamW([p], beta1: 1));
    }

    [Fact]
    public void Steps_leave_nothing_but_the_state()
    {
        var p = Weight(1);
        using (var optimizer = optim.AdamW([p]))
        {
            Step(optimizer, p, 1);
            var before = Expect.Alive();
            for (var i = 0; i < 20; i++)
                Step(optimizer, p, 1);
            Assert.Equal(before, Expect.Alive());
        }

        using var forgotten = optim.SGD([p], 0.1, momentum: 0.9);
        Step(forgotten, p, 1);
    }

    [Fact]
    public void A_small_network_learns_the_exclusive_or()
    {
        manual_seed(0);
        var x = tensor(new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }, 4, 2);
        var y = tensor(new float[] { 0, 1, 1, 0 }, 4, 1);
        Parameter[] weights = [Parameter(randn(8, 2)), Parameter(zeros(8)), Parameter(randn(1, 8)), Parameter(zeros(1))];
        using var optimizer = optim.SGD(weights, 0.1, momentum: 0.9, nesterov: true);
        Tensor Predict() => functional.linear(functional.linear(x, weights[0], weights[1]).tanh(), weights[2], weights[3]);

        for (var i = 0; i < 300; i++)
        {
            using var round = NewDisposeScope();
            optimizer.zero_grad();
            functional.mse_loss(Predict(), y).backward();
            optimizer.step();
        }

        Expect.Equal([0, 1, 1, 0], Predict().detach(), 0.05);
    }

    private static Parameter Weight(double value) => Parameter(tensor(new[] { value }));

    private static void Step(optim.Optimizer optimizer, Tensor of, double gradient)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        (of * gradient).sum().backward();
        optimizer.step();
    }
}
