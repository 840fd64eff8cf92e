using Slimmable.Models;
using Slimmable.Training;
using TorchSharp;

namespace Slimmable.EndToEnd.Tests;

/// <summary>What the trainer answers to some inputs.</summary>
/// <param name="Count">Inputs.</param>
/// <param name="Input"><c>[Count, C, H, W]</c>.</param>
/// <param name="Logits"><c>[Count, classes]</c> by subnet.</param>
/// <param name="GateLogits"><c>[Count, candidates]</c>; null where there is no gate.</param>
/// <param name="Candidates">The gate's candidates; none where there is no gate.</param>
internal sealed record TrainerAnswers(
    int Count, float[] Input, IReadOnlyDictionary<string, float[]> Logits, float[]? GateLogits, IReadOnlyList<string> Candidates)
{
    /// <summary>Runs the trainer's own interpreter of the graph, as served.</summary>
    public static TrainerAnswers Of(Supernet supernet, float[] input, int count, IEnumerable<Subnet> subnets)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var graph = supernet.Graph;
        var images = torch.tensor(input, [count, graph.Axis(graph.Input.Channels).Largest, graph.Input.Height, graph.Input.Width]);
        return new(
            count,
            input,
            subnets.ToDictionary(subnet => subnet.Name, subnet => supernet.Logits(images, subnet, ForwardMode.Inference).data<float>().ToArray()),
            graph.Gate is null ? null : supernet.Trunk(images, ForwardMode.Inference).GateLogits.data<float>().ToArray(),
            graph.Gate?.Candidates ?? []);
    }

    /// <inheritdoc cref="Of(Supernet, float[], int, IEnumerable{Subnet})"/>
    public static TrainerAnswers Of(Checkpoint checkpoint, float[] input, int count)
    {
        using var supernet = new Supernet(checkpoint.Graph);
        supernet.Load(checkpoint.Weights);
        return Of(supernet, input, count, checkpoint.Graph.Routable);
    }

    /// <summary>The subnet that the trainer's gate picks for a row: the largest score, the first of equals.</summary>
    public string Choice(int row)
    {
        var scores = GateLogits.AsSpan(row * Candidates.Count, Candidates.Count).ToArray();
        return Candidates[Array.IndexOf(scores, scores.Max())];
    }

    /// <summary>A row's logits of a subnet.</summary>
    public ReadOnlySpan<float> LogitsOf(string subnet, int row)
    {
        var classes = Logits[subnet].Length / Count;
        return Logits[subnet].AsSpan(row * classes, classes);
    }
}
