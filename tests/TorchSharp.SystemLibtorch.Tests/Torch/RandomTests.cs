using TorchSharp;
using TorchSharpTests.Support;
using static TorchSharp.torch;

namespace TorchSharpTests.Torch;

public sealed class RandomTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        manual_seed(5);
        var first = randn(100);
        var more = randn(100);
        manual_seed(5);

        Assert.True(first.Equals(randn(100)));
        Assert.False(first.Equals(more));
    }

    /// <summary>From PyTorch: torch.manual_seed(1); torch.randn(2, 3).</summary>
    [Fact]
    public void Seeded_numbers_are_PyTorchs()
    {
        manual_seed(1);

        Expect.Equal([0.6614, 0.2669, 0.0617, 0.6213, -0.4519, -0.1661], randn(2, 3), 1e-4);
    }

    [Fact]
    public void A_generator_is_apart_from_the_default_one()
    {
        using var generator = new Generator(7);
        manual_seed(1);
        var expected = rand(10);
        manual_seed(1);

        var own = rand(10, generator: generator);

        Assert.True(expected.Equals(rand(10)));
        using var twin = new Generator(7);
        Assert.True(own.Equals(rand(10, generator: twin)));
        generator.manual_seed(7);
        Assert.True(own.Equals(zeros(10).uniform_(0, 1, generator)));
        Assert.Equal(7, generator.initial_seed());
    }

    [Fact]
    public void A_state_brings_the_numbers_back()
    {
        using var generator = new Generator(3);
        randn(5, generator: generator);
        var state = generator.get_state();
        var expected = randn(5, generator: generator);

        using var other = new Generator();
        other.set_state(state);
        Assert.True(expected.Equals(randn(5, generator: other)));

        manual_seed(3);
        rand(5);
        var common = get_rng_state();
        expected = rand(5);
        set_rng_state(common);
        Assert.True(expected.Equals(rand(5)));
    }

    [Fact]
    public void Distributions_have_their_means()
    {
        manual_seed(0);
        const int N = 100_000;

        Assert.Equal(0.5, rand(N).mean().ToDouble(), 2);
        Assert.Equal(1.0 / 12, rand(N).var().ToDouble(), 2);
        Assert.Equal(0, randn(N).mean().ToDouble(), 1);
        Assert.Equal(2, zeros(N).normal_(5, 2).std().ToDouble(), 1);
        Assert.Equal(0.3, zeros(N).bernoulli_(0.3).mean().ToDouble(), 2);
        Assert.Equal(0.2, bernoulli(full(N, 0.2f)).mean().ToDouble(), 2);
        Assert.Equal(0.5, zeros(N).exponential_(2).mean().ToDouble(), 1);
        var drawn = randint(2, 5, new long[] { N });
        Assert.Equal((2L, 4L), (drawn.min().item<long>(), drawn.max().item<long>()));
        Assert.Equal(ScalarType.Int64, drawn.dtype);
        Assert.Equal(0.75, multinomial(tensor(new[] { 1f, 3f }), N, replacement: true).mean(new long[] { 0 }, type: float32).ToDouble(), 2);
    }

    [Fact]
    public void A_permutation_has_every_number_once()
    {
        using var generator = new Generator(11);

        var order = randperm(1000, generator: generator).data<long>().ToArray();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000).Select(i => (long)i), order);
    }
}
