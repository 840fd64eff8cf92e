using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Torch;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Grad_gives_the_derivatives_by_each_input()
    {
        var x = tensor(new float[] { 1, 2, 3 }).requires_grad_();
        var y = tensor(new float[] { 4, 5, 6 }).requires_grad_();

        var gradients = autograd.grad([(x.square() * y).sum()], [x, y]);

        Expect.Equal([8, 20, 36], gradients[0]);
        Expect.Equal([1, 4, 9], gradients[1]);
    }

    [Fact]
    public void Grad_takes_weights_of_the_outputs()
    {
        var x = tensor(new float[] { 1, 2 }).requires_grad_();

        Expect.Equal([2, -4], autograd.grad([x.square()], [x], [tensor(new float[] { 1, -1 })])[0]);
    }

    [Fact]
    public void A_graph_can_be_used_again_only_when_retained()
    {
        var x = tensor(2f).requires_grad_();
        var y = x.square();

        autograd.grad([y], [x], retain_graph: true);
        Assert.Equal(4, autograd.grad([y], [x])[0].item<float>());

        Assert.Throws<ExternalException>(y.backward);
    }

    [Fact]
    public void Gradients_of_gradients_are_there_when_asked_for()
    {
        var x = tensor(3f).requires_grad_();

        var first = autograd.grad([x.pow(3)], [x], retain_graph: true, create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];

        Assert.Equal(27, first.item<float>());
        Assert.Equal(18, second.item<float>());
    }

    [Fact]
    public void Unused_inputs_give_nothing_where_allowed()
    {
        var x = tensor(1f).requires_grad_();
        var unused = tensor(1f).requires_grad_();

        Assert.True(autograd.grad([x.exp()], [x, unused], allow_unused: true)[1].IsInvalid);
    }

    [Fact]
    public void Nothing_is_recorded_without_grad_mode()
    {
        var x = ones(1).requires_grad_();

        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False(x.exp().requires_grad);
            using (enable_grad())
                Assert.True(x.exp().requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        Assert.True(x.exp().requires_grad);
        Assert.False(x.exp().detach().requires_grad);
    }

    [Fact]
    public void Grad_mode_belongs_to_its_thread()
    {
        using var off = no_grad();
        var elsewhere = false;

        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();

        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Leaves_are_what_was_not_computed()
    {
        var x = ones(1).requires_grad_();

        Assert.True(x.is_leaf);
        Assert.False(x.exp().is_leaf);
        Assert.True(x.exp().detach().is_leaf);
        Assert.True(x.exp().detach_().is_leaf);
    }

    [Fact]
    public void A_straight_through_estimate_keeps_the_value_and_takes_the_other_gradient()
    {
        var logits = tensor(new float[] { 1, 3, 2 }).requires_grad_();
        var soft = logits.softmax(0);
        var hard = nn.functional.one_hot(soft.argmax(), 3).to(float32);

        var through = hard - soft.detach() + soft;
        var weights = tensor(new float[] { 1, 2, 4 });

        Expect.Equal([0, 1, 0], through, 1e-6);
        var gradient = autograd.grad([(through * weights).sum()], [logits], retain_graph: true)[0];
        Expect.Equal(Expect.Values(autograd.grad([(soft * weights).sum()], [logits])[0]), gradient);
    }
}
