using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Benchmarks.Tests.Ablation;

public class WidthAnswersTests
{
    /// <summary>Of ten images the widths get 4, 6 and 8 right; one is right at the middle width only, one nowhere.</summary>
    private static readonly WidthAnswers Answers = new(
        [10, 30, 100],
        [
            [true, true, true, true, false, false, false, false, false, false],
            [true, true, true, false, true, true, true, false, false, false],
            [true, true, true, true, true, true, false, true, true, false],
        ]);

    [Theory]
    [InlineData(5, 40)]
    [InlineData(10, 40)]
    [InlineData(20, 50)]
    [InlineData(30, 60)]
    [InlineData(65, 70)]
    [InlineData(100, 80)]
    [InlineData(200, 80)]
    public void Without_a_gate_neighbours_are_mixed(double cost, double top1) => Assert.Equal(top1, Answers.WithoutGate(cost), 1e-9);

    [Theory]
    [InlineData(5, 40)]
    [InlineData(29, 40)]
    [InlineData(30, 60)]
    [InlineData(99, 60)]
    [InlineData(100, 80)]
    public void The_best_width_costs_no_more(double cost, double top1) => Assert.Equal(top1, Answers.BestWidth(cost), 1e-9);

    [Theory]
    [InlineData(10, 40, 10)]
    [InlineData(12, 50, 12)]
    [InlineData(17, 70, 16)]
    [InlineData(25, 80, 25)]
    [InlineData(double.PositiveInfinity, 90, 34)]
    public void The_oracle_spends_where_it_helps_most(double budget, double top1, double cost) => Assert.Equal((top1, cost), Answers.Oracle(budget));

    [Fact]
    public void No_choice_of_widths_at_the_oracles_cost_is_better() => Prop.ForAll(
        Gen.Choose(0, 2).ListOf(10).ToArbitrary(),
        choice =>
        {
            var top1 = 10.0 * choice.Index().Count(taken => Answers.Right[taken.Item][taken.Index]);
            var cost = choice.Average(width => Answers.Costs[width]);

            Assert.True(Answers.Oracle(cost).Top1 >= top1);
        }).QuickCheckThrowOnFailure();
}
