using TorchSharp;

namespace Slimmable.Training.Tests.Objectives;

public class LossesTests
{
    [Fact]
    public void Cross_entropy_with_smoothing_is_that_of_the_smoothed_labels()
    {
        using var scope = torch.NewDisposeScope();
        double[] logits = [1, 2, 0.5];
        var logSum = Math.Log(logits.Sum(Math.Exp));
        var expected = -Enumerable.Range(0, 3).Sum(index => (((index == 1 ? 0.9 : 0) + (0.1 / 3)) * (logits[index] - logSum)));

        Assert.Equal(expected, Losses.CrossEntropy(Row(logits), torch.tensor(new long[] { 1 }), 0.1).item<float>(), 1e-6);
    }

    [Fact]
    public void Soft_cross_entropy_is_the_sum_over_the_teachers_probabilities()
    {
        using var scope = torch.NewDisposeScope();
        double[] logits = [0.3, -1, 2];
        double[] teacher = [0.2, 0.5, 0.3];
        var logSum = Math.Log(logits.Sum(Math.Exp));
        var expected = -teacher.Zip(logits).Sum(pair => pair.First * (pair.Second - logSum));

        Assert.Equal(expected, Losses.SoftCrossEntropy(Row(logits), Row(teacher)).item<float>(), 1e-6);
    }

    [Fact]
    public void A_gumbel_choice_is_one_hot_and_falls_with_the_softmax_of_the_scores()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        const int Draws = 20_000;
        var scores = torch.tensor(new float[] { 0, 1, 2 }).expand(Draws, 3);

        var choices = Losses.GumbelOneHot(scores, 1, 1, generator).data<float>().ToArray();

        var counts = new double[3];
        foreach (var row in choices.Chunk(3))
        {
            Assert.Equal(1, row.Sum(), 1e-5f);
            counts[Array.IndexOf(row, row.Max())]++;
        }

        double[] expected = [.. Enumerable.Range(0, 3).Select(index => Math.Exp(index) / (1 + Math.E + (Math.E * Math.E)))];
        Assert.All(expected.Zip(counts), pair => Assert.Equal(pair.First, pair.Second / Draws, 0.015));
    }

    [Fact]
    public void Without_noise_the_choice_is_the_argmax()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);

        var choice = Losses.GumbelOneHot(Row([0.1, 0.3, 0.2]), 1, 0, generator).data<float>().ToArray();

        Assert.Equal([0f, 1f, 0f], choice.Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void The_gumbel_choice_has_the_gradient_of_the_softmax()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        var scores = torch.tensor(new float[] { 0.5f, -0.5f }).reshape(1, 2).requires_grad_();
        var choice = Losses.GumbelOneHot(scores, 1, 1, generator);

        var gradient = torch.autograd.grad([choice.select(1, 0).sum()], [scores])[0].data<float>().ToArray();

        Assert.True(gradient[0] > 0);
        Assert.Equal(-gradient[0], gradient[1], 1e-6f);
    }

    private static torch.Tensor Row(double[] values) => torch.tensor(values.Select(value => (float)value).ToArray()).reshape(1, values.Length);
}
