using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Training.Tests.StageTwo;

public class GateDialTests
{
    private static readonly double[] Costs = [0.2, 0.35, 0.6, 1.02];

    [Fact]
    public void The_mean_cost_never_rises_with_the_dial() => Prop.ForAll(
        Scores(),
        scores =>
        {
            var dial = new GateDial(scores, Costs);
            var means = Enumerable.Range(-20, 41).Select(step => dial.MeanCost(step / 4.0)).ToList();
            return means.Zip(means.Skip(1)).All(pair => pair.First >= pair.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_no_two_scores_are_alike_the_target_is_met_to_one_image() => Prop.ForAll(
        Scores(),
        Gen.Choose(200, 1020).ToArbitrary(),
        (scores, thousandths) =>
        {
            var target = thousandths / 1000.0;
            var dial = new GateDial(scores, Costs);
            return Math.Abs(dial.MeanCost(dial.At(target)) - target) <= (Costs[^1] - Costs[0]) / (scores.Length / Costs.Length);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.02)]
    public void The_ends_send_every_image_to_one_candidate(double target)
    {
        var dial = new GateDial([5, -3, 2, 0, -8, 1, 1, 9], Costs);

        Assert.Equal(target, dial.MeanCost(dial.At(target)), 1e-9);
    }

    [Fact]
    public void Scores_that_tell_nothing_apart_give_the_nearer_candidate()
    {
        var dial = new GateDial([1, 1, 1, 1, 1, 1, 1, 1], Costs);

        Assert.Equal(0.2, dial.MeanCost(dial.At(0.3)), 1e-9);
        Assert.Equal(1.02, dial.MeanCost(dial.At(0.9)), 1e-9);
    }

    /// <summary>As a gate gives them: no two alike.</summary>
    private static Arbitrary<float[]> Scores() =>
        (from seed in Gen.Choose(0, int.MaxValue)
         from images in Gen.Choose(1, 60)
         select Draw(seed, images * Costs.Length)).ToArbitrary();

    private static float[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 8) - 4)];
    }
}
