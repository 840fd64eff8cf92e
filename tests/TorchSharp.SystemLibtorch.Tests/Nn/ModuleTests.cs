using TorchSharp;
using TorchSharp.Modules;
using TorchSharpTests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharpTests.Nn;

public sealed class ModuleTests
{
    [Fact]
    public void Fields_register_themselves_under_their_names()
    {
        using var net = new Net();

        Assert.Equal(["scale", "first.weight", "first.bias"], net.named_parameters().Select(found => found.name));
        Assert.Equal(["seen"], net.named_buffers().Select(found => found.name));
        Assert.Equal(["first"], net.named_children().Select(found => found.name));
        Assert.Equal(["scale"], net.named_parameters(recurse: false).Select(found => found.name));
        Assert.Equal(["scale", "first.weight", "first.bias", "seen"], net.state_dict().Keys);
        Assert.Equal("Net", net.GetName());
        Assert.NotNull(net.get_parameter("first.weight"));
        Assert.Null(net.get_parameter("first.nothing"));
        Assert.True(net.has_buffer("seen"));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        using var net = new Net();
        using var other = Parameter(zeros(1));

        Assert.Throws<InvalidOperationException>(() => net.register_parameter("scale", other));
        Assert.Throws<ArgumentException>(() => net.register_module("a.b", new Layer(1, 1)));
    }

    [Fact]
    public void A_call_runs_forward_and_gradients_reach_the_parameters()
    {
        using var scope = NewDisposeScope();
        using var net = new Net();
        var x = ones(4, 3);

        var loss = net.call(x).sum();
        var gradients = autograd.grad([loss], [.. net.parameters()]);

        Expect.Shape([2, 3], gradients[1]);
        Expect.Equal([4, 4], gradients[2]);
    }

    [Fact]
    public void Training_and_evaluation_reach_all_modules()
    {
        using var net = new Net();
        Assert.True(net.training);

        net.eval();
        Assert.False(net.training);
        Assert.All(net.modules(), module => Assert.False(module.training));

        net.train();
        Assert.All(net.children(), module => Assert.True(module.training));
    }

    [Fact]
    public void A_state_carries_over_to_another_module()
    {
        using var net = new Net();
        using var twin = new Net();
        using var off = no_grad();
        using var x = rand(2, 3);
        net.first.weight.fill_(0.5);
        net.seen.fill_(3);

        var (missing, unexpected) = twin.load_state_dict(net.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.True(net.call(x).Equals(twin.call(x)));
        Expect.Equal([3], twin.seen);
        net.seen.fill_(4);
        Expect.Equal([3], twin.seen);
    }

    [Fact]
    public void A_state_of_other_names_is_refused_or_counted()
    {
        using var net = new Net();
        var state = net.state_dict();
        state["more"] = state["scale"];
        state.Remove("seen");

        Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        var (missing, unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["seen"], missing);
        Assert.Equal(["more"], unexpected);
        net.load_state_dict(state, skip: ["seen", "more"]);
    }

    [Fact]
    public void Frozen_parameters_get_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var net = new Net();
        foreach (var parameter in net.first.parameters())
            parameter.requires_grad = false;

        Assert.False(net.first.call(ones(1, 3)).requires_grad);
        Assert.Single(autograd.grad([net.call(ones(1, 3)).sum()], [net.scale]));
    }

    [Fact]
    public void A_parameter_takes_its_tensor_over()
    {
        var data = ones(2);

        using var parameter = new Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
        using var frozen = Parameter(zeros(1), requires_grad: false);
        Assert.False(frozen.requires_grad);
    }

    [Fact]
    public void A_disposed_module_leaves_no_tensor()
    {
        var net = new Net();

        net.Dispose();

        Assert.All((Tensor[])[net.scale, net.seen, net.first.weight, net.first.bias], tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Apply_visits_children_first()
    {
        using var net = new Net();
        var names = new List<string>();

        net.apply(module => names.Add(module.GetName()));

        Assert.Equal(["Layer", "Net"], names);
        Assert.Same(net, net.to(CPU));
    }

    [Fact]
    public void Gradients_are_clipped_to_a_common_norm()
    {
        using var scope = NewDisposeScope();
        using var a = Parameter(zeros(1));
        using var b = Parameter(zeros(1));
        ((a * 3) + (b * 4)).backward();
        using var optimizer = optim.SGD([a, b], 1);

        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 5);

        optimizer.step();
        Expect.Equal([-0.6], a, 1e-5);
        Expect.Equal([-0.8], b, 1e-5);
    }

    [Fact]
    public void Initial_values_have_the_asked_spread()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var w = zeros(100, 50, 3, 3).requires_grad_();

        Assert.Equal((450L, 900L), init.CalculateFanInAndFanOut(w));
        init.kaiming_normal_(w, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        Assert.Equal(Math.Sqrt(2.0 / 900), w.std().ToDouble(), 3);
        init.kaiming_uniform_(w, a: Math.Sqrt(5));
        Assert.Equal(1 / Math.Sqrt(450), w.max().ToDouble(), 3);
        init.normal_(w, 1, 0.5);
        Assert.Equal(0.5, w.std().ToDouble(), 2);
        init.uniform_(w, 2, 3);
        Assert.Equal(2.5, w.mean().ToDouble(), 1);
        Expect.Equal([7, 7], init.constant_(zeros(2), 7));
        Expect.Equal([1, 1], init.ones_(zeros(2)));
        Expect.Equal([0, 0], init.zeros_(ones(2)));
        Assert.True(w.is_leaf);
    }

    private sealed class Layer : Module<Tensor, Tensor>
    {
        public readonly Parameter weight;
        public readonly Parameter bias;

        public Layer(long inputs, long outputs)
            : base(nameof(Layer))
        {
            weight = Parameter(rand(outputs, inputs));
            bias = Parameter(zeros(outputs));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => F.linear(input, weight, bias);
    }

    private sealed class Net : Module<Tensor, Tensor>
    {
        public readonly Parameter scale = Parameter(ones(1));
        public readonly Tensor seen = zeros(1);
        public readonly Layer first = new(3, 2);

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input) => first.call(input) * scale;
    }
}
