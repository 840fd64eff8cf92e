using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class BatchSourceTests
{
    private static readonly Preprocessing AsIs = new(1, [0], [1]);

    [Fact]
    public void In_order_every_image_comes_once_and_as_it_is()
    {
        var images = TinyNetwork.Stripes(10, 4, 4, seed: 1);

        var batches = new BatchSource(images, AsIs, batchSize: 4).InOrder().ToList();

        Assert.Equal([4L, 4, 2], batches.Select(batch => batch.Images.shape[0]));
        Assert.Equal(images.Pixels.Select(pixel => (float)pixel), batches.SelectMany(batch => batch.Images.data<float>().ToArray()));
        Assert.Equal(images.Labels.Select(label => (long)label), batches.SelectMany(batch => batch.Labels.data<long>().ToArray()));
    }

    [Fact]
    public void An_epoch_shows_every_image_once_in_an_order_that_the_seed_and_the_epoch_decide()
    {
        var source = new BatchSource(TinyNetwork.Stripes(10, 4, 4, seed: 1), AsIs, batchSize: 5);

        Assert.Equal(Enumerable.Range(0, 10), source.OrderOf(0, new Seeds(1)).Order());
        Assert.Equal(source.OrderOf(3, new Seeds(1)), source.OrderOf(3, new Seeds(1)));
        Assert.NotEqual(source.OrderOf(0, new Seeds(1)), source.OrderOf(1, new Seeds(1)));
        Assert.NotEqual(source.OrderOf(0, new Seeds(1)), source.OrderOf(0, new Seeds(2)));
    }

    [Fact]
    public void A_training_batch_depends_on_its_step_alone()
    {
        var images = TinyNetwork.Stripes(10, 4, 4, seed: 1);
        var (first, second) = (new BatchSource(images, AsIs, 5), new BatchSource(images, AsIs, 5));
        var order = first.OrderOf(1, new Seeds(1));
        first.Training(2, order, new Augmentation(2, Flip: true), new Seeds(1));

        var one = first.Training(3, order, new Augmentation(2, Flip: true), new Seeds(1)).Images.data<float>().ToArray();
        var other = second.Training(3, order, new Augmentation(2, Flip: true), new Seeds(1)).Images.data<float>().ToArray();

        Assert.Equal(one, other);
    }

    /// <summary>Every varied image must be one of the shifted, mirrored ones that can be told beforehand, pixel by pixel.</summary>
    [Fact]
    public void Shifts_and_flips_are_those_that_a_slow_reading_gives()
    {
        const int Size = 5;
        var images = new ImageSet([.. Enumerable.Range(1, Size * Size).Select(value => (byte)value)], [0], 1, Size, Size);
        var source = new BatchSource(images, AsIs, batchSize: 1);
        var possible = (from down in Enumerable.Range(-1, 3)
                        from right in Enumerable.Range(-1, 3)
                        from mirrored in new[] { false, true }
                        select string.Join(' ', Slowly(images.Pixels, Size, down, right, mirrored))).ToHashSet();

        var seen = Enumerable.Range(0, 300)
            .Select(step => string.Join(' ', source.Training(step, [0], new Augmentation(1, Flip: true), new Seeds(1)).Images.data<float>().ToArray()))
            .ToHashSet();

        Assert.Equal(possible.Order(), seen.Order());
    }

    private static float[] Slowly(byte[] pixels, int size, int down, int right, bool mirrored)
    {
        var result = new float[size * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (fromY, fromX) = (y + down, (mirrored ? size - 1 - x : x) + right);
                var inside = fromY >= 0 && fromY < size && fromX >= 0 && fromX < size;
                result[(y * size) + x] = inside ? pixels[(fromY * size) + fromX] : 0;
            }
        }

        return result;
    }
}
