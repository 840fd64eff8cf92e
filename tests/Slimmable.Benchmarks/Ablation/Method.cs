using System.Text.Json.Nodes;

namespace Slimmable.Benchmarks;

/// <summary>One way to train, as a change of the recipe that all of them share.</summary>
/// <param name="Name">In the names of runs and results.</param>
/// <param name="Title">In the page.</param>
/// <param name="Change">The fields that differ, as JSON; what it does not name stays.</param>
internal sealed record Method(string Name, string Title, string Change)
{
    /// <summary>Every width as a network of its own.</summary>
    public static Method Alone { get; } = new("alone", "alone", """{ "stageOne": { "teaching": "labels" } }""");

    /// <summary>Every width in each step, labels, batch normalization private (Yu et al., ICLR 2019).</summary>
    public static Method SNet { get; } = new("s-net", "S-Net", """{ "batchNorm": "private", "stageOne": { "subnets": "every", "teaching": "labels" } }""");

    /// <summary>The sandwich, taught by its widest (Yu and Huang, ICCV 2019).</summary>
    public static Method UsNet { get; } = new("us-net", "US-Net", """{ "stageOne": { "teaching": "widest" } }""");

    /// <summary>The sandwich, taught by the moving average (Li et al., CVPR 2021).</summary>
    public static Method Ib { get; } = new("ib", "IB", """{ "stageOne": { "teaching": "movingAverage" } }""");

    /// <summary>The same, the narrowest by the ensemble.</summary>
    public static Method Ieb { get; } = new("ieb", "IEB", """{ "stageOne": { "teaching": "ensemble" } }""");

    /// <summary>Sandwich gate sparsification with the Gumbel softmax, on an IEB supernet.</summary>
    public static Method Sgs { get; } = new("sgs", "SGS", Ieb.Change);

    /// <summary>The Gumbel softmax alone: no sandwich labels.</summary>
    public static Method Gumbel { get; } = new("gumbel", "Gumbel alone", """{ "stageOne": { "teaching": "ensemble" }, "stageTwo": { "gateWeight": 0 } }""");

    /// <summary>The scores learn how unsure the narrowest is, by squared error: neither labels nor the Gumbel softmax.</summary>
    public static Method Uncertainty { get; } = new(
        "uncertainty",
        "uncertainty",
        """{ "stageOne": { "teaching": "ensemble" }, "stageTwo": { "labelRule": "uncertainty", "routedWeight": 0, "costWeight": 0 } }""");

    /// <summary>What trains widths, in the order of the page.</summary>
    public static IReadOnlyList<Method> OfWidths { get; } = [Alone, SNet, UsNet, Ib, Ieb];

    /// <summary>What trains gates.</summary>
    public static IReadOnlyList<Method> OfGates { get; } = [Sgs, Gumbel, Uncertainty];

    /// <summary>The shared recipe with the changes of this method.</summary>
    /// <param name="recipe">The shared recipe; is changed itself.</param>
    public JsonObject ApplyTo(JsonObject recipe)
    {
        Merge(recipe, JsonNode.Parse(Change)!.AsObject());
        return recipe;
    }

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
