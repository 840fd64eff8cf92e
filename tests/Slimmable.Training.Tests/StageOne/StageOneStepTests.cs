using System.Text.Json;
using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.StageOne;

/// <summary>One IEB step against the authors' own (losses, gradients, running statistics), and what the other ways of teaching differ in.</summary>
public class StageOneStepTests
{
    private static readonly StageOneOptions AuthorsOptions = new() { Epochs = 1, LearningRate = 0.1, LabelSmoothing = 0.1, Dropout = false };

    [Fact]
    public void One_IEB_step_has_the_authors_losses()
    {
        using var step = AuthorsNetwork.Open("ieb_step");
        using var supernet = AuthorsNetwork.Load();
        using var average = AuthorsNetwork.Load();

        var losses = RunStep(step, supernet, average);

        var expected = JsonSerializer.Deserialize<Dictionary<string, double>>(step.Metadata["losses"])!;
        Assert.Equal(["largest", "uniform-1", "uniform-2", "uniform-0"], losses.Select(loss => loss.Subnet));
        foreach (var (theirs, loss) in new[] { "largest", "w1", "w2", "smallest" }.Zip(losses))
        {
            Assert.InRange(Math.Abs(loss.Loss - expected[theirs]) / expected[theirs], 0, 1e-5);
        }
    }

    [Fact]
    public void One_IEB_step_has_the_authors_gradients()
    {
        using var step = AuthorsNetwork.Open("ieb_step");
        using var supernet = AuthorsNetwork.Load();
        using var average = AuthorsNetwork.Load();
        var specs = supernet.Graph.Tensors.Where(spec => spec.IsLearnt && spec.Node.Name != "gate.slimming").ToList();
        var before = supernet.Weights();

        // Plain gradient descent at rate 1 moves each weight by minus its gradient, in a way that is the same in every TorchSharp.
        using var optimizer = torch.optim.SGD(supernet.Parameters(specs), 1.0);
        optimizer.zero_grad();
        RunStep(step, supernet, average);
        optimizer.step();

        var after = supernet.Weights();
        var compared = 0;
        foreach (var spec in specs)
        {
            var expected = step.Singles($"grad.{AuthorsNetwork.TheirName(supernet.Graph, spec)}");
            var found = before[spec.Name].Zip(after[spec.Name], (old, now) => (double)old - now).ToArray();
            var norm = Norm(expected.Select(value => (double)value));
            var difference = Norm(expected.Zip(found, (left, right) => left - right));

            // The weight that the step is subtracted from rounds to some 6e-8 of its own size.
            var rounding = 1e-7 * Norm(before[spec.Name].Select(value => (double)value));
            Assert.True(difference <= (1e-3 * norm) + rounding, $"{spec.Name}: {difference} of {norm}");
            compared++;
        }

        Assert.Equal(step.Tensors.Keys.Count(name => name.StartsWith("grad.", StringComparison.Ordinal)), compared);
    }

    [Fact]
    public void One_IEB_step_leaves_the_authors_running_statistics()
    {
        using var step = AuthorsNetwork.Open("ieb_step");
        using var supernet = AuthorsNetwork.Load();
        using var average = AuthorsNetwork.Load();

        RunStep(step, supernet, average);

        var after = supernet.Weights();
        foreach (var spec in supernet.Graph.Tensors.Where(spec => !spec.IsLearnt))
        {
            var expected = step.Singles($"after.{AuthorsNetwork.TheirName(supernet.Graph, spec)}");
            Assert.All(expected.Zip(after[spec.Name]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    [Fact]
    public void Without_the_ensemble_the_narrowest_learns_from_the_teacher_alone()
    {
        using var step = AuthorsNetwork.Open("ieb_step");
        using var supernet = AuthorsNetwork.Load();
        using var average = AuthorsNetwork.Load();

        var ensemble = RunStep(step, supernet, average)[^1].Loss;
        using var fresh = AuthorsNetwork.Load();
        var alone = RunStep(step, fresh, average, AuthorsOptions with { Teaching = Teaching.MovingAverage })[^1].Loss;

        Assert.NotEqual(ensemble, alone, 1e-4);
    }

    [Theory]
    [InlineData(SubnetSampling.Every, 0, new[] { "largest", "uniform-2", "uniform-1", "uniform-0" })]
    [InlineData(SubnetSampling.Sandwich, 1, new[] { "largest", "?", "uniform-0" })]
    [InlineData(SubnetSampling.Sandwich, 0, new[] { "largest", "uniform-0" })]
    public void The_widest_comes_first_and_the_narrowest_last(SubnetSampling subnets, int random, string[] expected)
    {
        using var supernet = TinyNetwork.Initialized();
        using var average = TinyNetwork.Initialized();
        var options = AuthorsOptions with { Subnets = subnets, RandomSubnets = random };

        var losses = new StageOneStep(supernet, average, options).Run(StripesBatch(), new Random(1));

        Assert.Equal(expected.Length, losses.Count);
        Assert.All(expected.Zip(losses), pair => Assert.True(pair.First == "?" || pair.First == pair.Second.Subnet, pair.Second.Subnet));
    }

    [Fact]
    public void Without_a_teacher_every_subnet_learns_the_labels() =>
        AssertLosses(Teaching.Labels, (_, logits, labels) => Losses.CrossEntropy(logits, labels, AuthorsOptions.LabelSmoothing));

    [Fact]
    public void In_place_distillation_learns_what_the_widest_answers_in_the_same_step() =>
        AssertLosses(Teaching.Widest, (widest, logits, _) => Losses.SoftCrossEntropy(logits, widest.softmax(1)));

    /// <summary>Compares every loss but the widest's with one computed from a separate forward pass of a network of its own.</summary>
    private static void AssertLosses(Teaching teaching, Func<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor> expected)
    {
        using var scope = torch.NewDisposeScope();
        using var supernet = TinyNetwork.Initialized();
        var options = AuthorsOptions with { Teaching = teaching, Subnets = SubnetSampling.Every, EmaDecay = null };
        var batch = StripesBatch();

        var losses = new StageOneStep(supernet, average: null, options).Run(batch, new Random(1));

        using var noGradient = torch.no_grad();
        torch.Tensor Alone(string subnet)
        {
            using var fresh = TinyNetwork.Initialized();
            return fresh.Logits(batch.Images, fresh.Graph.Subnet(subnet), ForwardMode.Training);
        }

        var widest = Alone("largest");
        Assert.Equal(4, losses.Count);
        Assert.Equal(Losses.CrossEntropy(widest, batch.Labels, options.LabelSmoothing).item<float>(), losses[0].Loss, 1e-5);
        Assert.All(losses.Skip(1), loss => Assert.Equal(expected(widest, Alone(loss.Subnet), batch.Labels).item<float>(), loss.Loss, 1e-5));
    }

    private static Batch StripesBatch() =>
        new BatchSource(TinyNetwork.Stripes(16, 8, 4, seed: 5), new Preprocessing(1.0 / 255, [0.35], [0.3]), batchSize: 16).InOrder().Single();

    private static IReadOnlyList<(string Subnet, double Loss)> RunStep(
        SafetensorsFile step, Supernet supernet, Supernet average, StageOneOptions? options = null)
    {
        using var scope = torch.NewDisposeScope();
        long[] shape = [16, 3, 64, 64];
        var batch = new Batch(torch.tensor(step.Singles("input"), shape), torch.tensor(step.Int64s("target")));
        var graph = supernet.Graph;
        return new StageOneStep(supernet, average, options ?? AuthorsOptions)
            .Run(batch, [graph.Subnet("uniform-1"), graph.Subnet("uniform-2")]);
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
