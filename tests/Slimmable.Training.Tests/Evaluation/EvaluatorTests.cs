using Slimmable.Models;

namespace Slimmable.Training.Tests.Evaluation;

public class EvaluatorTests
{
    [Fact]
    public void It_counts_what_the_golden_recorders_logits_say()
    {
        using var supernet = TinyNetwork.Initialized();
        var images = TinyNetwork.Stripes(50, 8, 4, seed: 3);
        var preprocessing = new Preprocessing(1.0 / 255, [0.35], [0.3]);
        var graph = supernet.Graph;

        var report = Evaluator.Run(supernet, new BatchSource(images, preprocessing, batchSize: 16));

        var (input, count) = GoldenRecorder.FirstImages(images, preprocessing, 50);
        var samples = GoldenRecorder.Record(supernet, input, count);
        Assert.Equal(50, report.Images);
        foreach (var subnet in report.Subnets)
        {
            var right = samples.Logits[subnet.Name].Chunk(4).Zip(images.Labels).Count(pair => Best(pair.First) == pair.Second);
            Assert.Equal(100.0 * right / 50, subnet.Top1, 1e-9);
        }

        var choices = samples.GateLogits!.Chunk(3).Select(Best).ToList();
        var head = CostModel.OfGate(graph, graph.Gate!).MAdds;
        Assert.Equal(choices.Average(choice => (double)CostModel.Of(graph, graph.Routable[choice]).MAdds + head), report.Routed!.MeanMAdds, 1e-6);
        Assert.All(
            graph.Gate!.Candidates.Index(),
            pair => Assert.Equal(choices.Count(choice => choice == pair.Index) / 50.0, report.Routed.Shares[pair.Item], 1e-9));
    }

    private static int Best(float[] scores) => Array.IndexOf(scores, scores.Max());
}
