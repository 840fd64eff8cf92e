using TorchSharp;

namespace Slimmable.Training.Tests.StageTwo;

public class GateObjectiveTests
{
    private static readonly StageTwoOptions Options = new() { Epochs = 1, LearningRate = 0.1, LabelSmoothing = 0, CostWeight = 0, GateWeight = 1 };

    [Fact]
    public void The_sandwich_label_is_the_narrowest_where_it_is_right_and_the_widest_elsewhere()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options);
        var labels = torch.tensor(new long[] { 0, 1 });

        // The narrowest says class 0 for both rows; all candidates answer alike, so that only the gate's own loss depends on the scores.
        var answers = Enumerable.Range(0, 3).Select(_ => Rows([5, 0, 0, 0], [5, 0, 0, 0])).ToList();
        var rightScores = Rows([20, 0, 0], [0, 0, 20]);
        var wrongScores = Rows([0, 0, 20], [20, 0, 0]);

        var right = objective.Of(rightScores, answers, labels, generator).Loss.item<float>();
        var wrong = objective.Of(wrongScores, answers, labels, generator).Loss.item<float>();

        Assert.Equal(20, wrong - right, 1e-3f);
    }

    [Fact]
    public void The_cost_is_a_part_of_the_dearest_candidates()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options);
        var answers = Enumerable.Range(0, 3).Select(_ => Rows([1, 0, 0, 0])).ToList();

        var dearest = objective.Of(Rows([-50, -50, 50]), answers, torch.tensor(new long[] { 0 }), generator).MeanCost.item<float>();

        Assert.Equal(1, dearest, 1e-5f);
    }

    [Fact]
    public void The_cost_term_pulls_towards_its_target()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options with { GateWeight = 0, CostWeight = 2, TargetCost = 0.25 });
        var answers = Enumerable.Range(0, 3).Select(_ => Rows([0, 0, 0, 0])).ToList();

        var loss = objective.Of(Rows([-50, -50, 50]), answers, torch.tensor(new long[] { 0 }), generator).Loss.item<float>();

        Assert.Equal(Math.Log(4) + (2 * 0.75 * 0.75), loss, 1e-4);
    }

    private static torch.Tensor Rows(params float[][] rows) => torch.tensor(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, rows[0].Length);
}
