using Slimmable.Models;
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

        var right = objective.Of(rightScores, Given(answers), labels, generator).Loss.item<float>();
        var wrong = objective.Of(wrongScores, Given(answers), labels, generator).Loss.item<float>();

        Assert.Equal(20, wrong - right, 1e-3f);
    }

    /// <summary>The narrowest is wrong about both; the widest is right about the first alone.</summary>
    [Theory]
    [InlineData(LabelRule.TryBest, 20)]
    [InlineData(LabelRule.GiveUp, 0)]
    public void Who_gives_up_sends_what_no_candidate_gets_right_to_the_narrowest(LabelRule rule, float expectedOfSecond)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options with { LabelRule = rule });
        var labels = torch.tensor(new long[] { 1, 1 });
        torch.Tensor[] answers = [Rows([5, 0, 0, 0], [5, 0, 0, 0]), Rows([5, 0, 0, 0], [5, 0, 0, 0]), Rows([0, 5, 0, 0], [5, 0, 0, 0])];

        // The first row's scores name the widest, its label under either rule; the second's the narrowest.
        var loss = objective.Of(Rows([0, 0, 20], [20, 0, 0]), Given(answers), labels, generator).Loss.item<float>();

        // What is left of the loss is that of the routed answers: log(1 + 3 exp(-5)) and log(exp(5) + 3).
        var routed = (Math.Log(1 + (3 * Math.Exp(-5))) + Math.Log(Math.Exp(5) + 3)) / 2;
        Assert.Equal(expectedOfSecond / 2, loss - routed, 1e-3);
    }

    [Fact]
    public void The_double_softmax_of_the_release_can_never_be_sure()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options with { DoubleSoftmax = true });
        var answers = Enumerable.Range(0, 3).Select(_ => Rows([0, 0, 0, 0])).ToList();

        var loss = objective.Of(Rows([50, 0, 0]), Given(answers), torch.tensor(new long[] { 0 }), generator).Loss.item<float>();

        // A certain gate still pays the cross-entropy of softmax([1, 0, 0]).
        Assert.Equal(Math.Log(4) + Math.Log(1 + (2 / Math.E)), loss, 1e-4);
    }

    [Fact]
    public void The_cost_is_a_part_of_the_widests_and_the_gates_own_is_in_it()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options);
        var answers = Enumerable.Range(0, 3).Select(_ => Rows([1, 0, 0, 0])).ToList();

        var dearest = objective.Of(Rows([-50, -50, 50]), Given(answers), torch.tensor(new long[] { 0 }), generator).MeanCost.item<float>();

        var graph = TinyNetwork.Graph();
        var (widest, head) = (CostModel.Of(graph, graph.Routable[^1]).MAdds, CostModel.OfGate(graph, graph.Gate!).MAdds);
        Assert.Equal((float)(widest + head) / widest, dearest, 1e-5f);
    }

    [Fact]
    public void The_cost_term_pulls_towards_its_target()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var objective = new GateObjective(TinyNetwork.Graph(), Options with { GateWeight = 0, CostWeight = 2, TargetCost = 0.25 });
        var answers = Enumerable.Range(0, 3).Select(_ => Rows([0, 0, 0, 0])).ToList();

        var loss = objective.Of(Rows([-50, -50, 50]), Given(answers), torch.tensor(new long[] { 0 }), generator).Loss.item<float>();

        var over = GateCosts.Of(TinyNetwork.Graph())[^1] - 0.25;
        Assert.Equal(Math.Log(4) + (2 * over * over), loss, 1e-4);
    }

    [Fact]
    public void Uncertainty_teaches_what_each_candidate_loses_where_the_narrowest_is_unsure()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var options = Options with { LabelRule = LabelRule.Uncertainty, RoutedWeight = 0, GateWeight = 2 };
        var objective = new GateObjective(TinyNetwork.Graph(), options, [0.3, 0.15, 0.1]);

        // The narrowest is even between four classes, then sure of one. The candidates lose 1, 1/4 and 0 times 3/4, then nothing.
        torch.Tensor[] answers = [Rows([1, 1, 1, 1], [90, 0, 0, 0]), Rows([0, 0, 0, 0], [0, 0, 0, 0]), Rows([0, 0, 0, 0], [0, 0, 0, 0])];
        double Loss(torch.Tensor scores) => objective.Of(scores, Given(answers), torch.tensor(new long[] { 0, 1 }), generator).Loss.item<float>();

        Assert.Equal(0, Loss(Rows([-0.75f, -0.1875f, 0], [0, 0, 0])), 1e-6);
        Assert.Equal(2 * (0.5625 + 0.03515625 + 1) / 2, Loss(Rows([0, 0, 0], [0, 0, 1])), 1e-6);
    }

    [Fact]
    public void Where_the_narrowest_is_as_good_as_the_widest_costs_stand_in_for_errors()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var options = Options with { LabelRule = LabelRule.Uncertainty, RoutedWeight = 0 };
        var objective = new GateObjective(TinyNetwork.Graph(), options, [0.1, 0.1, 0.1]);
        var costs = GateCosts.Of(TinyNetwork.Graph());
        var middle = (float)((costs[1] - costs[2]) / (costs[2] - costs[0]) * 0.75);
        torch.Tensor[] answers = [Rows([1, 1, 1, 1]), Rows([0, 0, 0, 0]), Rows([0, 0, 0, 0])];

        Assert.Equal(0, objective.Of(Rows([-0.75f, middle, 0]), Given(answers), torch.tensor(new long[] { 0 }), generator).Loss.item<float>(), 1e-6);
    }

    private static GateAnswers Given(IReadOnlyList<torch.Tensor> answers) => new(answers.Count, index => answers[index]);

    private static torch.Tensor Rows(params float[][] rows) => torch.tensor(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, rows[0].Length);
}
