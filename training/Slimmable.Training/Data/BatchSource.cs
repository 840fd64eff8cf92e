using Slimmable.Models;
using TorchSharp;

namespace Slimmable.Training;

/// <summary>A batch, ready for the network.</summary>
/// <param name="Images">Float32 <c>[N, C, H, W]</c>, preprocessed.</param>
/// <param name="Labels">Int64 <c>[N]</c>.</param>
public sealed record Batch(torch.Tensor Images, torch.Tensor Labels);

/// <summary>Makes batches of a data set: whole epochs in a seeded order for training, or all images in order for measuring.</summary>
/// <param name="images">The images.</param>
/// <param name="preprocessing">How bytes become the input.</param>
/// <param name="batchSize">Images a batch, at least 1.</param>
public sealed class BatchSource(ImageSet images, Preprocessing preprocessing, int batchSize)
{
    private readonly byte[] pixels = new byte[batchSize * images.ImageSize];

    /// <summary>Batches in a training epoch; what is left over at the end is dropped.</summary>
    public int BatchesPerEpoch => Math.Max(1, images.Count / batchSize);

    /// <summary>One training batch.</summary>
    /// <param name="step">Counted from the start of the run.</param>
    /// <param name="order">The epoch's order, from <see cref="OrderOf"/>.</param>
    /// <param name="augmentation">How images are varied.</param>
    /// <param name="seeds">The run's seeds.</param>
    public Batch Training(long step, int[] order, Augmentation augmentation, Seeds seeds)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(augmentation);
        ArgumentNullException.ThrowIfNull(seeds);
        var random = seeds.Random("augment", step);
        var start = (int)(step % BatchesPerEpoch) * batchSize;
        var picked = order.AsSpan(start, Math.Min(batchSize, order.Length - start));
        for (var index = 0; index < picked.Length; index++)
        {
            Vary(images.Image(picked[index]), pixels.AsSpan(index * images.ImageSize, images.ImageSize), augmentation, random);
        }

        return Make(picked);
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
        foreach (var part in Enumerable.Range(0, images.Count).Chunk(batchSize))
        {
            for (var index = 0; index < part.Length; index++)
            {
                images.Image(part[index]).CopyTo(pixels.AsSpan(index * images.ImageSize));
            }

            yield return Make(part);
        }
    }

    private Batch Make(ReadOnlySpan<int> picked)
    {
        var values = new float[picked.Length * images.ImageSize];
        preprocessing.Apply(pixels.AsSpan(0, values.Length), images.PixelsPerChannel, values);
        var labels = new long[picked.Length];
        for (var index = 0; index < labels.Length; index++)
        {
            labels[index] = images.Labels[picked[index]];
        }

        long[] shape = [picked.Length, images.Channels, images.Height, images.Width];
        return new Batch(torch.tensor(values, shape), torch.tensor(labels));
    }

    private void Vary(ReadOnlySpan<byte> source, Span<byte> target, Augmentation augmentation, Random random)
    {
        var (height, width) = (images.Height, images.Width);
        var down = random.Next(-augmentation.Shift, augmentation.Shift + 1);
        var right = random.Next(-augmentation.Shift, augmentation.Shift + 1);
        var mirrored = random.Next(2) == 1 && augmentation.Flip;
        target.Clear();
        for (var row = 0; row < images.Channels * height; row++)
        {
            var (channel, y) = (row / height, (row % height) + down);
            if (y < 0 || y >= height)
            {
                continue;
            }

            var from = source.Slice(((channel * height) + y) * width, width);
            var to = target.Slice(row * width, width);
            var length = width - Math.Abs(right);
            from.Slice(Math.Max(0, right), length).CopyTo(to[Math.Max(0, -right)..]);
            if (mirrored)
            {
                to.Reverse();
            }
        }
    }
}
