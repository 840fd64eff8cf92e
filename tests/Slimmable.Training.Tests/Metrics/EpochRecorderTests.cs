using Slimmable.Models;

namespace Slimmable.Training.Tests.Metrics;

public sealed class EpochRecorderTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Supernet supernet = TinyNetwork.Initialized();
    private readonly BatchSource test = new(TinyNetwork.Stripes(20, 8, 4, seed: 3), new Preprocessing(1.0 / 255, [0.35], [0.3]), batchSize: 20);

    public void Dispose()
    {
        supernet.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_test_set_is_run_as_often_as_as_many_images_were_learnt_from_and_at_the_end()
    {
        var watched = Record(gated: false, epochs: 7, stepsPerEpoch: 2, batchSize: 4).Where(line => line.Accuracy is not null);

        // 8, 16, 24, 32, 40, 48 and 56 images; the test set has 20.
        Assert.Equal(new int?[] { 3, 5, 7 }, watched.Select(line => line.Epoch));
    }

    [Fact]
    public void Few_epochs_that_learn_from_as_many_images_are_all_watched() =>
        Assert.All(Record(gated: false, epochs: 3, stepsPerEpoch: 5, batchSize: 4), line => Assert.NotNull(line.Accuracy));

    [Fact]
    public void Of_many_epochs_twenty_are_watched_the_last_among_them()
    {
        var watched = Record(gated: false, epochs: 50, stepsPerEpoch: 5, batchSize: 4).Where(line => line.Accuracy is not null).ToList();

        Assert.Equal((20, 50), (watched.Count, watched[^1].Epoch));
    }

    [Fact]
    public void Every_width_is_measured_and_routing_once_the_gate_learns()
    {
        var expected = Evaluator.Run(supernet, test);

        var before = Record(gated: false, epochs: 1, stepsPerEpoch: 1, batchSize: 4)[0].Accuracy!;
        var after = Record(gated: true, epochs: 1, stepsPerEpoch: 1, batchSize: 4)[^1].Accuracy!;

        Assert.Equal(expected.Subnets, before.Subnets);
        Assert.Empty(before.RoutedAt);
        Assert.Equal(expected.Routed!.MeanMAdds, Assert.Single(after.RoutedAt).MeanMAdds);
    }

    [Fact]
    public void Others_are_told_once_it_is_written()
    {
        var progress = new SilentProgress();

        var lines = Record(gated: false, epochs: 2, stepsPerEpoch: 1, batchSize: 4, progress);

        Assert.Equal(lines.Select(line => line.Epoch), progress.Epochs.Select(epoch => (int?)epoch.Epoch));
        Assert.Equal(new long?[] { 1, 2 }, lines.Select(line => line.Step));
    }

    [Fact]
    public void An_epoch_whose_measuring_is_stopped_is_not_written_down()
    {
        var recorder = new EpochRecorder(Log(), supernet, gated: false, test, batchSize: 4, new SilentProgress(), new CancellationToken(canceled: true));

        Assert.ThrowsAny<OperationCanceledException>(() => recorder.EpochDone(Epoch(1, epochs: 1, stepsPerEpoch: 1)));

        Assert.Empty(MetricsFile.Read(folder.File("metrics")));
    }

    private static EpochMetrics Epoch(int epoch, int epochs, int stepsPerEpoch) =>
        new("stage one", epoch, epochs, epoch * stepsPerEpoch, 0.1, new Dictionary<string, double>());

    private IReadOnlyList<MetricsLine> Record(bool gated, int epochs, int stepsPerEpoch, int batchSize, SilentProgress? progress = null)
    {
        var recorder = new EpochRecorder(Log(), supernet, gated, test, batchSize, progress ?? new SilentProgress(), CancellationToken.None);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            recorder.EpochDone(Epoch(epoch, epochs, stepsPerEpoch));
        }

        return MetricsFile.Read(folder.File("metrics"));
    }

    private MetricsLog Log() => new(folder.File("metrics"), ["stage one"], resumed: null);
}
