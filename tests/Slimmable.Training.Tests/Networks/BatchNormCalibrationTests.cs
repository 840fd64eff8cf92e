using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.Networks;

public class BatchNormCalibrationTests
{
    [Theory]
    [InlineData(StatisticsAverage.Exact)]
    [InlineData(StatisticsAverage.Running)]
    public void The_first_layers_statistics_are_an_average_over_the_batches(StatisticsAverage average)
    {
        using var supernet = TinyNetwork.Initialized();
        var images = TinyNetwork.Stripes(32, 8, 4, seed: 5);
        var source = new BatchSource(images, new Preprocessing(1.0 / 255, [0.5], [0.25]), batchSize: 8);

        BatchNormCalibration.Run(supernet, source.InOrder, average);

        var momentum = ((BatchNormNode)supernet.Graph.Node("stem.norm")).Momentum;
        var batches = BatchMeans(supernet, source);
        var expected = Enumerable.Range(0, 4).Select(channel => average == StatisticsAverage.Exact
            ? batches.Average(mean => (double)mean[channel])
            : batches.Skip(1).Aggregate((double)batches[0][channel], (running, mean) => ((1 - momentum) * running) + (momentum * mean[channel])));
        var found = supernet.Weights()["stem.norm.0.running_mean"];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Every_statistic_of_every_width_is_set()
    {
        using var supernet = TinyNetwork.Initialized();
        var source = new BatchSource(TinyNetwork.Stripes(16, 8, 4, seed: 5), new Preprocessing(1.0 / 255, [0.5], [0.25]), batchSize: 8);

        BatchNormCalibration.Run(supernet, source.InOrder);

        var weights = supernet.Weights();
        foreach (var spec in supernet.Graph.Tensors.Where(spec => spec.Role == TensorRole.RunningMean))
        {
            Assert.Contains(weights[spec.Name], value => value != 0);
        }
    }

    private static List<float[]> BatchMeans(Supernet supernet, BatchSource source)
    {
        var conv = (Conv2dNode)supernet.Graph.Node("stem.conv");
        var means = new List<float[]>();
        using var noGradient = torch.no_grad();
        foreach (var batch in source.InOrder())
        {
            using var scope = torch.NewDisposeScope();
            var weight = supernet["stem.conv.weight"].narrow(0, 0, 4);
            long[] one = [conv.Padding, conv.Padding];
            var output = torch.nn.functional.conv2d(batch.Images, weight, null, null, one);
            long[] dimensions = [0, 2, 3];
            means.Add(output.mean(dimensions).data<float>().ToArray());
        }

        return means;
    }
}
