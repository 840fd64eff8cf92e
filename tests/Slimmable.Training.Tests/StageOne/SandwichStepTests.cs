using System.Text.Json;
using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.StageOne;

/// <summary>One IEB step against the authors' own: losses, gradients, running statistics.</summary>
public class SandwichStepTests
{
    private static readonly StageOneOptions AuthorsOptions = new() { Epochs = 1, LearningRate = 0.1, LabelSmoothing = 0.1, Ensemble = true, Dropout = false };

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
        var alone = RunStep(step, fresh, average, AuthorsOptions with { Ensemble = false })[^1].Loss;

        Assert.NotEqual(ensemble, alone, 1e-4);
    }

    private static IReadOnlyList<(string Subnet, double Loss)> RunStep(
        SafetensorsFile step, Supernet supernet, Supernet average, StageOneOptions? options = null)
    {
        using var scope = torch.NewDisposeScope();
        long[] shape = [16, 3, 64, 64];
        var batch = new Batch(torch.tensor(step.Singles("input"), shape), torch.tensor(step.Int64s("target")));
        var graph = supernet.Graph;
        return new SandwichStep(supernet, average, options ?? AuthorsOptions)
            .Run(batch, [graph.Subnet("uniform-1"), graph.Subnet("uniform-2")]);
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
