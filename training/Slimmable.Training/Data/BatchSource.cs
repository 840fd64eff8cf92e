using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>
/// Makes batches of a data set: whole epochs in a seeded order for training, or all images in order for measuring. It has no state, so
/// threads may share it.
/// </summary>
public sealed class BatchSource
{
    private readonly ImageSet images;
    private readonly ImageShape shape;
    private readonly Preprocessing statistics;
    private readonly PreprocessingTable table;
    private readonly int batchSize;

    /// <summary>Creates a source.</summary>
    /// <param name="images">The images.</param>
    /// <param name="preprocessing">How bytes become the input.</param>
    /// <param name="batchSize">Images a batch, at least 1.</param>
    public BatchSource(ImageSet images, Preprocessing preprocessing, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.images = images;
        shape = new ImageShape(images.Channels, images.Height, images.Width);
        statistics = preprocessing;
        table = new PreprocessingTable(preprocessing, images.Channels);
        this.batchSize = batchSize;
    }

    /// <summary>How many images there are.</summary>
    public int Count => images.Count;

    /// <summary>Batches in a training epoch; what is left over at the end is dropped.</summary>
    public int BatchesPerEpoch => Math.Max(1, images.Count / batchSize);

    /// <summary>Batches of all images once.</summary>
    public int BatchesInOrder => (images.Count + batchSize - 1) / batchSize;

    /// <summary>One training batch. <see cref="BatchPrefetcher"/> prepares the same ones ahead of time.</summary>
    /// <param name="step">Counted from the start of the run.</param>
    /// <param name="order">The epoch's order, from <see cref="OrderOf"/>.</param>
    /// <param name="augmentation">How images are varied.</param>
    /// <param name="seeds">The run's seeds.</param>
    public Batch Training(long step, int[] order, Augmentation augmentation, Seeds seeds)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(augmentation);
        ArgumentNullException.ThrowIfNull(seeds);
        var batch = NewTrainingBatch();
        Fill(batch, step, order, augmentation, seeds);
        return ToTensors(batch);
    }

    /// <summary>The order of the images in a training epoch.</summary>
    public int[] OrderOf(long epoch, Seeds seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var order = Enumerable.Range(0, images.Count).ToArray();
        seeds.Random("shuffle", epoch).Shuffle(order);
        return order;
    }

    /// <summary>All images once, in order, unvaried; the last batch may be smaller.</summary>
    public IEnumerable<Batch> InOrder()
    {
        HostBatch? batch = null;
        for (var first = 0; first < images.Count; first += batchSize)
        {
            var count = Math.Min(batchSize, images.Count - first);
            batch = batch?.Labels.Length == count ? batch : new HostBatch(count, images.ImageSize);
            for (var index = 0; index < count; index++)
            {
                images.Image(first + index).CopyTo(batch.Image(index));
                batch.Labels[index] = images.Labels[first + index];
            }

            table.Apply(batch.Pixels, images.PixelsPerChannel, batch.Values);
            yield return ToTensors(batch);
        }
    }

    /// <summary>Room for a training batch.</summary>
    internal HostBatch NewTrainingBatch() => new(Math.Min(batchSize, images.Count), images.ImageSize);

    /// <summary>As <see cref="Training"/>, but in managed memory.</summary>
    internal void Fill(HostBatch batch, long step, int[] order, Augmentation augmentation, Seeds seeds)
    {
        var random = seeds.Random("augment", step);
        var augmenter = new Augmenter(augmentation, shape, statistics, batch.Scratch);
        var start = (int)(step % BatchesPerEpoch) * batchSize;
        for (var index = 0; index < batch.Labels.Length; index++)
        {
            var image = order[start + index];
            augmenter.Vary(images.Image(image), batch.Image(index), random);
            batch.Labels[index] = images.Labels[image];
        }

        table.Apply(batch.Pixels, images.PixelsPerChannel, batch.Values);
    }

    /// <summary>Tensors with a copy of what the batch holds.</summary>
    internal Batch ToTensors(HostBatch batch)
    {
        // TorchSharp 0.99 makes a tensor of an array by way of another one, which would hold the memory until the finalizer comes.
        using var scope = torch.NewDisposeScope();
        long[] dimensions = [batch.Labels.Length, shape.Channels, shape.Height, shape.Width];
        return new Batch(torch.tensor(batch.Values, dimensions).MoveToOuterDisposeScope(), torch.tensor(batch.Labels).MoveToOuterDisposeScope());
    }
}
