using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class ErrorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Libtorch_says_itself_what_is_wrong()
    {
        Complains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", () => ones(2, 3).mm(ones(2, 3)));
        Complains("shape '[4]' is invalid for input of size 6", () => ones(2, 3).view(4));
        Complains("grad can be implicitly created only for scalar outputs", () => ones(2).requires_grad_().exp().backward());
        Complains("does not require grad", () => ones(1).backward());
        Complains("out of range", () => ones(3).select(0, 3));
        Complains("The size of tensor a (2) must match the size of tensor b (3)", () => _ = ones(2) + ones(3));
        Complains("a leaf Variable that requires grad", () => ones(2).requires_grad_().add_(1));
        Complains("one of the variables needed for gradient computation has been modified", () =>
        {
            var x = ones(2).requires_grad_();
            var y = x.exp();
            var z = y.square();
            y.add_(1);
            z.sum().backward();
        });
    }

    [Fact]
    public void After_an_error_all_goes_on()
    {
        Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));

        Expect.Equal([2], ones(1) + 1);
    }

    [Fact]
    public void Elements_of_another_type_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(1).item<long>());
    }

    [Fact]
    public void A_disposed_tensor_cannot_be_used()
    {
        var gone = ones(2);
        gone.Dispose();
        gone.Dispose();

        Assert.True(gone.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => gone.add(1));
        Assert.Throws<InvalidOperationException>(() => ones(2).add(gone));
        Assert.Throws<InvalidOperationException>(() => gone.shape);
    }

    private static void Complains(string what, Action action) =>
        Assert.Contains(what, Assert.Throws<ExternalException>(action).Message, StringComparison.Ordinal);
}
