using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Benchmarks.Tests.Ablation;

public class AblationPlanTests
{
    private static readonly string Shared = Path.Combine(AppContext.BaseDirectory, "ablation.json");

    private static AblationPlan Released => new(Shared, File.ReadAllText(Shared), seeds: 3);

    [Fact]
    public void Every_method_has_every_seed_and_a_gate_comes_after_its_supernet()
    {
        var runs = Released.Runs;

        Assert.Equal(3 * (4 + 4 + (3 * 4)), runs.Count);
        Assert.Equal(runs.Count, runs.Select(run => run.Name).Distinct().Count());
        Assert.Equal(
            ["alone-uniform-0-seed1", "alone-uniform-1-seed1", "alone-uniform-2-seed1", "alone-uniform-3-seed1", "s-net-seed1", "us-net-seed1", "ib-seed1", "ieb-seed1", "sgs-0.3-seed1"],
            runs.Take(9).Select(run => run.Name));
        Assert.All(runs.Index().Where(run => run.Item.From is not null), run => Assert.Contains(runs.Take(run.Index), before => before.Name == run.Item.From));
    }

    [Fact]
    public void Recipes_differ_in_what_the_method_is_and_in_nothing_else()
    {
        var plan = Released;

        Assert.All(plan.Runs, run =>
        {
            var (shared, recipe) = (plan.Recipe, RecipeFile.Parse(run.Name, run.Recipe));
            Assert.Equal((run.Name, run.Seed), (recipe.Name, recipe.Seed));
            Assert.Equal(run.Method == Method.Alone ? [run.Name["alone-".Length..^"-seed1".Length]] : null, recipe.Subnets);
            Assert.Equal(run.Method == Method.SNet ? AffineSharing.Private : shared.BatchNorm, recipe.BatchNorm);
            Assert.Equal(shared.StageOne, recipe.StageOne with { Teaching = shared.StageOne.Teaching, Subnets = shared.StageOne.Subnets });
            Assert.Equal(shared.Calibration, recipe.Calibration);
            Assert.Equal(shared.Augmentation, recipe.Augmentation);
            Assert.Equal(run.Target, recipe.StageTwo?.TargetCost);
            Assert.Equal(run.From is null, recipe.StageTwo is null);
        });
    }

    [Fact]
    public void A_pattern_takes_what_its_runs_start_from() => Assert.Equal(
        ["ieb-seed2", "gumbel-0.5-seed2"], AblationRunner.Wanted(Released, "gumbel-0.5-seed2").Select(run => run.Name));

    [Fact]
    public void A_shared_recipe_without_a_gate_is_refused() => Assert.Equal(
        "r: stageTwo: expected an object, found none",
        Assert.Throws<InvalidOptionsException>(() => new AblationPlan(
            "r",
            """{ "name": "n", "architecture": "ds-mbnet-fashion", "dataSet": "mnist", "stageOne": { "epochs": 1, "learningRate": 0.1 } }""",
            seeds: 1)).Message);
}
