using Slimmable.Models;

namespace Slimmable.Training.Tests.StageTwo;

public class GateCalibrationTests
{
    private static readonly Preprocessing Plain = new(1.0 / 255, [0.35], [0.3]);

    [Fact]
    public void Every_point_keeps_its_cost_on_the_images_it_was_set_with()
    {
        var graph = TinyNetwork.Graph().WithGateBias();
        using var supernet = TinyNetwork.Initialized(graph: graph);
        var images = TinyNetwork.Stripes(400, 8, 4, seed: 3);
        double[] targets = [0.8, 0.7, 0.9];

        var before = supernet.Weights();
        var points = GateCalibration.Run(supernet, new BatchSource(images, Plain, batchSize: 64), targets, () => { }, CancellationToken.None);

        Assert.Equal(targets, points.Select(point => point.TargetCost));
        Assert.All(points[0].Offsets, offset => Assert.Equal(0, offset));
        var changed = supernet.Weights().Where(pair => !pair.Value.SequenceEqual(before[pair.Key])).Select(pair => pair.Key);
        Assert.Equal([graph.GateBias().Name], changed);

        var report = Evaluator.Run(supernet, new BatchSource(images, Plain, batchSize: 50), points);
        var widest = CostModel.Of(graph, graph.Routable[^1]).MAdds;
        Assert.Equal(targets.Cast<double?>(), report.RoutedAt.Select(routed => routed.TargetCost));
        Assert.All(report.RoutedAt, routed => Assert.Equal(routed.TargetCost!.Value, routed.MeanMAdds / widest, 5e-3));
    }
}
