using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Tensors;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        var before = Expect.Alive();
        Tensor a, b;
        using (NewDisposeScope())
        {
            a = ones(2);
            b = a + a;
            Assert.Equal(before + 2, Tensor.TotalCount);
        }

        Assert.True(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void What_is_moved_out_belongs_to_the_outer_scope()
    {
        Tensor kept;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
                kept = (ones(2) + 1).MoveToOuterDisposeScope();

            Assert.True(outer.Contains(kept));
            Assert.Equal(1, outer.DisposablesCount);
            Expect.Equal([2, 2], kept);
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void What_is_moved_out_of_the_outermost_scope_or_detached_lives_on()
    {
        Tensor moved, detached;
        using (var scope = NewDisposeScope())
        {
            moved = scope.MoveToOuter(ones(2));
            detached = ones(3).DetachFromDisposeScope();
            Assert.Equal(0, scope.DisposablesCount);
        }

        Expect.Equal([1, 1], moved);
        Expect.Equal([1, 1, 1], detached);
        moved.Dispose();
        detached.Dispose();
    }

    [Fact]
    public void Several_are_moved_at_once()
    {
        using var outer = NewDisposeScope();
        Tensor a, b, c;
        using (var inner = NewDisposeScope())
        {
            (a, b, c) = inner.MoveToOuter(ones(1), ones(1), ones(1));
            inner.MoveToOuter(new List<IDisposable> { ones(1) });
        }

        Assert.Equal(4, outer.DisposablesCount);
        Assert.Contains(a, outer.DisposablesView);
        Expect.Equal([3], a + b + c);
    }

    [Fact]
    public void Everything_but_the_kept_goes_early()
    {
        using var scope = NewDisposeScope();
        var kept = ones(1);
        var gone = ones(1);

        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(gone.IsInvalid);

        scope.DisposeEverything();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_disposed_tensor_leaves_its_scope()
    {
        using var scope = NewDisposeScope();

        ones(1).Dispose();

        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_scope_does_not_own_what_other_threads_make()
    {
        Tensor? foreign = null;
        using (NewDisposeScope())
        {
            var thread = new Thread(() => foreign = ones(1));
            thread.Start();
            thread.Join();
        }

        Assert.False(foreign!.IsInvalid);
        foreign.Dispose();
    }

    [Fact]
    public void A_failed_operation_leaves_nothing_behind()
    {
        using var a = ones(2, 3);
        var before = Expect.Alive();

        for (var i = 0; i < 100; i++)
            Assert.ThrowsAny<Exception>(() => a.mm(a));

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Forgotten_tensors_go_with_the_garbage()
    {
        var before = Expect.Alive();

        Forget();

        Assert.Equal(before, Expect.Alive());

        static void Forget()
        {
            for (var i = 0; i < 10; i++)
                ones(1);
        }
    }

    /// <summary>Counts would not see a native reference too many; hundreds of megabytes would.</summary>
    [Fact]
    public void Native_memory_does_not_grow()
    {
        const int Size = 1 << 20;
        using var a = rand(Size);
        using var learned = rand(Size).requires_grad_();
        Round(a, learned);
        var before = Environment.WorkingSet;

        for (var i = 0; i < 30; i++)
            Round(a, learned);

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 64L << 20);

        static void Round(Tensor a, Tensor learned)
        {
            using var scope = NewDisposeScope();
            var copy = a.clone();
            copy.add_(a).mul_(2);
            copy[TensorIndex.Slice(0, 10)] = zeros(10);
            cat(copy.split(Size / 2));
            (learned * copy).sum().backward();
            autograd.grad([(learned * copy).sum()], [learned])[0].neg_();
            copy.alias().detach().max(0);
            tensor(new float[Size]);
        }
    }
}
