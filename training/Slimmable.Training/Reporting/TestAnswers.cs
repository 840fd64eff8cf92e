using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>What every routable width and the gate answer to each image of a test set.</summary>
internal sealed class TestAnswers
{
    private TestAnswers(SupernetGraph graph)
    {
        Widths = graph.Routable.ToDictionary(subnet => subnet.Name, _ => new List<ClassAnswer>());
        Gate = graph.Gate is null ? null : [];
    }

    /// <summary>By the subnet's name, an answer an image.</summary>
    public Dictionary<string, List<ClassAnswer>> Widths { get; }

    /// <summary>For each image the gate's scores, one a candidate; null where there is no gate.</summary>
    public List<float[]>? Gate { get; }

    /// <summary>Runs a network on a test set.</summary>
    /// <param name="supernet">What answers; nothing in it changes.</param>
    /// <param name="batches">The test images.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static TestAnswers Of(Supernet supernet, BatchSource batches, Action? progress = null, CancellationToken cancellation = default)
    {
        var graph = supernet.Graph;
        var answers = new TestAnswers(graph);
        using var noGradient = torch.no_grad();
        foreach (var batch in batches.InOrder())
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            using var input = batch.Images;
            var labels = batch.Labels.data<long>().ToArray();
            batch.Labels.Dispose();
            foreach (var (subnet, logits) in graph.Routable.Zip(supernet.Logits(input, graph.Routable, ForwardMode.Inference)))
            {
                answers.Widths[subnet.Name].AddRange(LogSoftmax(logits).Zip(labels, ClassAnswer.Of));
            }

            answers.Gate?.AddRange(Rows(supernet.Trunk(input, ForwardMode.Inference).GateLogits));
            progress?.Invoke();
        }

        return answers;
    }

    /// <summary>In double precision: of easy images many have a probability that is 1 in single.</summary>
    private static IEnumerable<double[]> LogSoftmax(torch.Tensor scores) => Rows(scores).Select(row =>
    {
        var largest = row.Max();
        var logarithm = largest + Math.Log(row.Sum(score => Math.Exp((double)score - largest)));
        return Array.ConvertAll(row, score => score - logarithm);
    });

    private static IEnumerable<float[]> Rows(torch.Tensor scores) => scores.data<float>().ToArray().Chunk((int)scores.shape[1]);
}

/// <summary>A width's answer to an image.</summary>
/// <param name="Class">What it answers.</param>
/// <param name="Probability">Of that class, 0..1.</param>
/// <param name="LogOfRight">The logarithm of the right class's probability.</param>
internal readonly record struct ClassAnswer(int Class, double Probability, double LogOfRight)
{
    public static ClassAnswer Of(double[] logarithms, long label)
    {
        var answer = Array.IndexOf(logarithms, logarithms.Max());
        return new ClassAnswer(answer, Math.Exp(logarithms[answer]), logarithms[label]);
    }
}
