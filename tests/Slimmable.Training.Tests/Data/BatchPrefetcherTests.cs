using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training.Tests.Data;

public class BatchPrefetcherTests
{
    private const int StepsPerEpoch = 3;
    private const int Steps = 11;

    private static readonly Augmentation Augmentation = new(2, Flip: true);
    private static readonly Seeds Seeds = new(1);
    private static readonly BatchSource Source = new(TinyNetwork.Stripes(20, 6, 4, seed: 1), new Preprocessing(1.0 / 255, [0.35], [0.3]), batchSize: 5);

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [InlineData(5, true)]
    public void From_any_step_on_it_gives_what_the_source_gives_whoever_is_slow(int first, bool slowly)
    {
        using var prefetcher = new BatchPrefetcher(Source, Augmentation, Seeds, StepsPerEpoch, first, Steps);

        for (var step = first; step < Steps; step++)
        {
            Thread.Sleep(slowly ? 5 : 0);
            var (epoch, index) = Math.DivRem(step, StepsPerEpoch);
            var expected = Source.Training((epoch * Source.BatchesPerEpoch) + index, Source.OrderOf(epoch, Seeds), Augmentation, Seeds);

            var found = prefetcher.Next();

            Assert.Equal(expected.Images.shape, found.Images.shape);
            Assert.Equal(expected.Images.data<float>().ToArray(), found.Images.data<float>().ToArray());
            Assert.Equal(expected.Labels.data<long>().ToArray(), found.Labels.data<long>().ToArray());
        }

        Assert.Throws<InvalidOperationException>(() => prefetcher.Next());
    }

    [Fact]
    public void Tensors_belong_to_the_scope_of_whoever_asks()
    {
        using var prefetcher = new BatchPrefetcher(Source, Augmentation, Seeds, StepsPerEpoch, 0, Steps);
        Batch batch;
        using (torch.NewDisposeScope())
        {
            batch = prefetcher.Next();
            Assert.Equal(5, batch.Images.shape[0]);
        }

        Assert.True(batch.Images.IsInvalid);
        Assert.Equal(5, prefetcher.Next().Images.shape[0]);
    }

    /// <summary>The third image has a label but no pixels, so that the batch it comes in cannot be made.</summary>
    [Fact]
    public void A_fault_on_the_thread_comes_out_where_its_batch_is_asked_for_and_again_when_asked_again()
    {
        var broken = new BatchSource(new ImageSet(new byte[8], [0, 0, 0], 1, 2, 2), new Preprocessing(1, [0], [1]), batchSize: 1);
        var seeds = new Seeds(Enumerable.Range(0, 100).First(seed => broken.OrderOf(0, new Seeds(seed))[1] == 2));
        using var prefetcher = new BatchPrefetcher(broken, new Augmentation(), seeds, 3, 0, 3);

        Assert.Equal(1, prefetcher.Next().Images.shape[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => prefetcher.Next());
        Assert.Throws<ArgumentOutOfRangeException>(() => prefetcher.Next());
    }

    [Fact]
    public void Waiting_can_be_stopped_and_no_step_is_lost()
    {
        using var prefetcher = new BatchPrefetcher(Source, Augmentation, Seeds, StepsPerEpoch, 0, Steps);
        Assert.Throws<OperationCanceledException>(() => prefetcher.Next(new CancellationToken(canceled: true)));

        var expected = Source.Training(0, Source.OrderOf(0, Seeds), Augmentation, Seeds);

        Assert.Equal(expected.Images.data<float>().ToArray(), prefetcher.Next().Images.data<float>().ToArray());
    }

    [Fact]
    public void Disposed_in_the_middle_or_twice_it_ends()
    {
        var prefetcher = new BatchPrefetcher(Source, Augmentation, Seeds, StepsPerEpoch, 0, long.MaxValue);
        prefetcher.Next();

        prefetcher.Dispose();
        prefetcher.Dispose();

        Assert.Throws<ObjectDisposedException>(() => prefetcher.Next());
    }

    [Fact]
    public void Epochs_longer_than_the_source_has_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchPrefetcher(Source, Augmentation, Seeds, Source.BatchesPerEpoch + 1, 0, 1));
}
