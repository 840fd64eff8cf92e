using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slimmable.Models;
using Slimmable.Training;

namespace Slimmable.Benchmarks;

/// <summary>All runs of the ablation: each method with each seed, on one architecture, with one schedule. Seed by seed, so that what is there early is whole.</summary>
internal sealed class AblationPlan
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n" };
    private static readonly JsonDocumentOptions Read = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string json;

    /// <param name="source">What the shared recipe is called in messages.</param>
    /// <param name="json">The shared recipe, with both stages.</param>
    /// <param name="seeds">How many seeds, from 1 on.</param>
    /// <exception cref="SlimmableException">The recipe has faults or does not have both stages.</exception>
    public AblationPlan(string source, string json, int seeds)
    {
        Recipe = RecipeFile.Parse(source, json);
        if (Recipe.StageTwo is null)
        {
            throw new InvalidOptionsException(source, ["stageTwo: expected an object, found none"]);
        }

        this.json = json;
        Widths = [.. Architectures.Build(Recipe.Architecture).Routable.Select(subnet => subnet.Name)];
        Seeds = [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)];
        Runs = [.. Seeds.SelectMany(RunsOf)];
    }

    /// <summary>The gates' target costs, as parts of the widest's.</summary>
    public static IReadOnlyList<double> Targets { get; } = [0.3, 0.4, 0.5, 0.6];

    /// <summary>The shared recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>The widths, from cheap to dear.</summary>
    public IReadOnlyList<string> Widths { get; }

    /// <summary>The seeds.</summary>
    public IReadOnlyList<long> Seeds { get; }

    /// <summary>The runs, in an order in which each can be done.</summary>
    public IReadOnlyList<PlannedRun> Runs { get; }

    private IEnumerable<PlannedRun> RunsOf(long seed)
    {
        foreach (var width in Widths)
        {
            yield return Planned($"{Method.Alone.Name}-{width}", Method.Alone, seed, recipe => recipe["subnets"] = new JsonArray(width));
        }

        foreach (var method in Method.OfWidths.Except([Method.Alone]))
        {
            yield return Planned(method.Name, method, seed);
        }

        var from = NameOf(Method.Ieb.Name, seed);
        foreach (var (method, target) in Method.OfGates.SelectMany(_ => Targets, (method, target) => (method, target)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{method.Name}-{target:0.0}");
            yield return Planned(name, method, seed, recipe => recipe["stageTwo"]!["targetCost"] = target) with { Target = target, From = from };
        }
    }

    private PlannedRun Planned(string what, Method method, long seed, Action<JsonObject>? change = null)
    {
        var name = NameOf(what, seed);
        var recipe = JsonNode.Parse(json, documentOptions: Read)!.AsObject();
        if (!Method.OfGates.Contains(method))
        {
            recipe.Remove("stageTwo");
        }

        method.ApplyTo(recipe);
        recipe["name"] = name;
        recipe["seed"] = seed;
        change?.Invoke(recipe);
        return new PlannedRun(name, method, seed, recipe.ToJsonString(Written) + "\n");
    }

    private static string NameOf(string what, long seed) => $"{what}-seed{seed}";
}
