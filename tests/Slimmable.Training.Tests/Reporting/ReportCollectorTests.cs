using Slimmable.Models;

namespace Slimmable.Training.Tests.Reporting;

/// <summary>Held to what the golden recorder, which shares nothing with it but the network, says of the same images.</summary>
public sealed class ReportCollectorTests : IDisposable
{
    private const int Images = 60;

    private static readonly DataSet Data = TinyNetwork.Data(train: 40, test: Images);

    private readonly Supernet supernet = TinyNetwork.Initialized();

    public void Dispose() => supernet.Dispose();

    [Fact]
    public void Easiest_and_hardest_images_are_those_whose_right_class_is_likeliest_and_least_likely()
    {
        var golden = Golden();

        var report = Collect();

        foreach (var subnet in supernet.Graph.Routable)
        {
            var probabilities = golden.Logits[subnet.Name].Chunk(4).Select(Softmax).ToList();
            var easiestFirst = Enumerable.Range(0, Images).OrderByDescending(image => probabilities[image][Data.Test.Labels[image]]).ToList();
            Check(StripKind.Easiest, easiestFirst.Take(12));
            Check(StripKind.Hardest, Enumerable.Reverse(easiestFirst).Take(12));

            void Check(StripKind kind, IEnumerable<int> expected)
            {
                var strip = Assert.Single(report.Strips, strip => strip.Kind == kind && strip.Subnet == subnet.Name);
                Assert.Equal(expected, strip.Pictures.Select(picture => picture.Image));
                Assert.All(strip.Pictures, picture =>
                {
                    var answer = Array.IndexOf(probabilities[picture.Image], probabilities[picture.Image].Max());
                    Assert.Equal(($"class {Data.Test.Labels[picture.Image]}", $"class {answer}"), (picture.Label, picture.Answer));
                    Assert.Equal(probabilities[picture.Image][answer], picture.Probability!.Value, 1e-6);
                    Assert.Equal(answer == Data.Test.Labels[picture.Image], picture.IsRight);
                });
            }
        }
    }

    [Fact]
    public void The_gate_shows_what_it_leans_furthest_to_either_end()
    {
        var candidates = supernet.Graph.Gate!.Candidates;
        var scores = Golden().GateLogits!.Chunk(candidates.Count).ToList();

        var strips = Collect().Strips.Where(strip => strip.Kind == StripKind.Routed).ToList();

        Assert.Equal([candidates[0], candidates[^1]], strips.Select(strip => strip.Subnet));
        foreach (var (strip, end, other) in strips.Zip([0, candidates.Count - 1], [candidates.Count - 1, 0]))
        {
            Assert.Equal(Enumerable.Range(0, Images).OrderByDescending(image => scores[image][end] - scores[image][other]).Take(12), strip.Pictures.Select(picture => picture.Image));
            Assert.All(strip.Pictures, picture =>
            {
                Assert.Equal(candidates[Array.IndexOf(scores[picture.Image], scores[picture.Image].Max())], picture.Answer);
                Assert.Equal((null, null), (picture.Probability, picture.IsRight));
            });
        }
    }

    [Fact]
    public void Each_picture_stands_in_the_table_once()
    {
        var report = Collect();

        var shown = report.Strips.SelectMany(strip => strip.Pictures).ToList();
        var images = shown.DistinctBy(picture => picture.Index).OrderBy(picture => picture.Index).Select(picture => picture.Image).ToList();
        Assert.Equal(Enumerable.Range(0, images.Count), shown.Select(picture => picture.Index).Distinct().Order());
        Assert.Equal(images.Count, images.Distinct().Count());
        Assert.Equal(Data.Test.Pick(images).Pixels, report.Pictures.Pixels);
    }

    [Fact]
    public void Figures_come_from_the_accuracy_and_the_cost_model()
    {
        var graph = supernet.Graph;
        var shares = graph.Gate!.Candidates.ToDictionary(name => name, name => name == graph.Gate.Candidates[0] ? 1.0 : 0.0);
        var accuracy = new AccuracyReport(
            Images, [.. graph.Subnets.Select((subnet, index) => new SubnetAccuracy(subnet.Name, 50 + index))], [new(61, 1234, shares, null), new(62, 2345, shares, 0.425)]);

        var report = Collect(new CheckpointInfo { Accuracy = accuracy, Seed = 9 });

        Assert.Equal(
            graph.Subnets.Select((subnet, index) =>
                new ReportedWidth(subnet.Name, subnet.Routable, 50 + index, CostModel.Of(graph, subnet).MAdds, CostModel.Of(graph, subnet).Parameters)),
            report.Widths);
        Assert.Equal([("gated", 61, 1234), ("gated to 42.5 %", 62, 2345)], report.Points.Select(point => (point.Name, point.Top1, point.MeanMAdds)));
        Assert.Equal(graph.Gate.Candidates, report.Points[0].Shares.Select(share => share.Name));
        Assert.Equal((graph.Name, 9L), (report.Name, report.Seed));
    }

    [Fact]
    public void A_run_is_named_after_its_recipe_and_timed_by_its_last_line()
    {
        var recipe = """{ "name": "night", "architecture": "ds-mbnet-fashion-quick", "dataSet": "mnist", "stageOne": { "epochs": 1, "learningRate": 0.1 } }""";
        var environment = new RunEnvironment(3, "0.1.0", ".NET", "linux-x64");
        MetricsLine[] metrics =
        [
            new() { Phase = "stage one", Epoch = 1, Epochs = 1, Seconds = 5, Means = new Dictionary<string, double>() },
            new() { Phase = "evaluation", Seconds = 8, Environment = environment },
        ];

        var report = Collect(new CheckpointInfo { Accuracy = Accuracy(), Recipe = recipe }, metrics);

        Assert.Equal(("night", 8.0, environment), (report.Name, report.Seconds, report.Environment));
        Assert.Equal(1, Assert.Single(report.Epochs).Epoch);
    }

    [Fact]
    public void Very_long_runs_and_recipes_are_cut_down()
    {
        var metrics = Enumerable.Range(1, 10_000).Select(epoch => new MetricsLine { Phase = "stage one", Epoch = epoch, Epochs = 10_000, Seconds = epoch });

        var report = Collect(new CheckpointInfo { Accuracy = Accuracy(), Recipe = new string('x', 1 << 20) }, [.. metrics]);

        Assert.Equal((200, 1, 10_000), (report.Epochs.Count, report.Epochs[0].Epoch, report.Epochs[^1].Epoch));
        Assert.Equal(1 << 15, report.Recipe!.Length);
    }

    private AccuracyReport Accuracy() => new(Images, [.. supernet.Graph.Subnets.Select(subnet => new SubnetAccuracy(subnet.Name, 50))], []);

    private ReportData Collect() => Collect(new CheckpointInfo { Accuracy = Accuracy() });

    private ReportData Collect(CheckpointInfo info, params IReadOnlyList<MetricsLine> metrics) => ReportCollector.Collect(supernet, info, Data, metrics);

    private GoldenSamples Golden()
    {
        var (input, count) = GoldenRecorder.FirstImages(Data.Test, Data.Preprocessing, Images);
        return GoldenRecorder.Record(supernet, input, count);
    }

    private static double[] Softmax(float[] scores)
    {
        var powers = Array.ConvertAll(scores, score => Math.Exp(score));
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }
}
