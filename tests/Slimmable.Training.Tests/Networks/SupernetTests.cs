using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.Networks;

public class SupernetTests
{
    [Fact]
    public void Weights_that_are_copied_in_come_out_again()
    {
        using var source = TinyNetwork.Initialized();
        using var target = new Supernet(source.Graph);

        target.Load(source.Weights());

        Assert.Equal(source.Weights(), target.Weights());
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using var first = TinyNetwork.Initialized(seed: 7);
        using var second = TinyNetwork.Initialized(seed: 7);
        using var third = TinyNetwork.Initialized(seed: 8);

        Assert.Equal(first.Weights(), second.Weights());
        Assert.NotEqual(first.Weights()["stem.conv.weight"], third.Weights()["stem.conv.weight"]);
    }

    [Fact]
    public void Initial_weights_have_the_spread_of_the_authors_code()
    {
        var graph = Architectures.Build("ds-mbnet-imagenet");
        using var supernet = new Supernet(graph);
        WeightInitializer.Initialize(supernet, seed: 3);
        var weights = supernet.Weights();

        Assert.Equal(Math.Sqrt(2.0 / 1152), Spread(weights["stage5.1.pointwise.weight"]), 1e-3);
        Assert.Equal(Math.Sqrt(2.0 / 9), Spread(weights["stage5.1.depthwise.weight"]), 1e-2);
        Assert.InRange(weights["head.classifier.weight"].Max(), 0.9 / Math.Sqrt(1000), 1 / Math.Sqrt(1000));
        Assert.All(weights["stem.norm.weight"], value => Assert.Equal(1, value));
        Assert.All(weights["stem.norm.1.running_var"], value => Assert.Equal(1, value));
        Assert.All(weights["stem.norm.bias"], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_narrow_subnet_moves_no_weight_beyond_its_prefix()
    {
        using var supernet = TinyNetwork.Initialized();
        var narrowest = supernet.Graph.Routable[0];
        var specs = supernet.Graph.Tensors.Where(spec => spec.IsLearnt).ToList();
        var before = supernet.Weights();
        using var optimizer = torch.optim.SGD(supernet.Parameters(specs), 1.0);
        optimizer.zero_grad();
        using (var scope = torch.NewDisposeScope())
        {
            long[] shape = [4, 1, 8, 8];
            supernet.Logits(torch.randn(shape), narrowest, ForwardMode.Training).pow(2).sum().backward();
        }

        optimizer.step();

        var after = supernet.Weights();
        var pointwise = supernet.Graph.Tensors.Single(spec => spec.Name == "stage2.1.pointwise.weight");
        var (outs, ins) = (pointwise.Dimensions[0].In(narrowest), pointwise.Dimensions[1].In(narrowest));
        for (var index = 0; index < before[pointwise.Name].Length; index++)
        {
            var (o, i) = (index / pointwise.Dimensions[1].Full, index % pointwise.Dimensions[1].Full);
            var moved = before[pointwise.Name][index] != after[pointwise.Name][index];
            Assert.True(moved == (o < outs && i < ins), $"weight [{o}, {i}] moved: {moved}");
        }
    }

    [Fact]
    public void A_forward_pass_in_training_touches_only_its_own_width_of_the_running_statistics()
    {
        using var supernet = TinyNetwork.Initialized();
        var before = supernet.Weights();
        using (var noGradient = torch.no_grad())
        using (var scope = torch.NewDisposeScope())
        {
            long[] shape = [4, 1, 8, 8];
            supernet.Logits(torch.randn(shape), supernet.Graph.Subnet("uniform-1"), ForwardMode.Training);
        }

        var after = supernet.Weights();
        var changed = after.Where(pair => !pair.Value.SequenceEqual(before[pair.Key])).Select(pair => pair.Key).ToList();
        Assert.Contains("stage2.0.pointwise_norm.1.running_mean", changed);
        Assert.Contains("stem.norm.0.running_mean", changed);
        Assert.DoesNotContain(changed, name => name.StartsWith("stage2.0.pointwise_norm.0", StringComparison.Ordinal));
        Assert.DoesNotContain(changed, name => name.StartsWith("stem.norm.1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pass_that_stands_for_several_leaves_the_running_statistics_of_as_many()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var once = TinyNetwork.Initialized();
        using var thrice = TinyNetwork.Initialized();
        var images = Images();

        once.Features(images, ForwardMode.Training with { Passes = 3 });
        for (var pass = 0; pass < 3; pass++)
        {
            thrice.Features(images, ForwardMode.Training);
        }

        AssertClose(thrice.Weights(), once.Weights());
        Assert.NotEqual(TinyNetwork.Initialized().Weights()["stem.norm.0.running_mean"], once.Weights()["stem.norm.0.running_mean"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_subnets_at_once_answer_and_leave_statistics_as_one_after_the_other(bool batchStatistics)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var together = TinyNetwork.Initialized();
        using var alone = TinyNetwork.Initialized();
        var mode = new ForwardMode(batchStatistics);
        var (images, subnets) = (Images(), together.Graph.Subnets);

        var answers = together.Logits(images, subnets, mode).Select(logits => logits.data<float>().ToArray()).ToList();

        var expected = subnets.Select(subnet => alone.Logits(images, subnet, mode).data<float>().ToArray()).ToList();
        Assert.Equal(expected, answers);
        AssertClose(alone.Weights(), together.Weights());
    }

    [Fact]
    public void A_data_set_of_another_shape_is_refused()
    {
        using var supernet = TinyNetwork.Initialized();

        var fault = Assert.Throws<SlimmableException>(() => supernet.CheckFits(TinyNetwork.Data(4, 4, size: 12)));

        Assert.Equal("data set stripes: expected images of (1, 8, 8) and 4 classes for architecture 'tiny', found (1, 12, 12) and 4", fault.Message);
    }

    private static torch.Tensor Images() => torch.tensor(Enumerable.Range(0, 256).Select(index => MathF.Sin(index)).ToArray()).reshape(4, 1, 8, 8);

    private static void AssertClose(Dictionary<string, float[]> expected, Dictionary<string, float[]> found) => Assert.All(
        expected, pair => Assert.All(pair.Value.Zip(found[pair.Key]), values => Assert.Equal(values.First, values.Second, 1e-6f)));

    private static double Spread(float[] values) => Math.Sqrt(values.Average(value => (double)value * value));
}
