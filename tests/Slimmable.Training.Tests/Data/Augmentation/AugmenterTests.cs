using FsCheck;
using FsCheck.Fluent;
using Slimmable.Models;

namespace Slimmable.Training.Tests.Data;

public class AugmenterTests
{
    private static readonly Augmentation Everything = new(3, Flip: true, Erasing: 0.5, new RandAugmentOptions(3, 9));

    [Fact]
    public void Nothing_asked_for_is_nothing_done() =>
        Prop.ForAll(Sample.Any, sample => Vary(sample, new Augmentation(), seed: 1).SequenceEqual(sample.Pixels)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_seed_gives_the_same_image_whatever_stood_in_the_buffers() => Prop.ForAll(Sample.Any, sample =>
        Vary(sample, Everything, seed: 5).SequenceEqual(Vary(sample, Everything, seed: 5, filled: 99))).QuickCheckThrowOnFailure();

    [Fact]
    public void Other_seeds_give_other_images()
    {
        var sample = new Sample(new ImageShape(3, 8, 8), [.. Enumerable.Range(0, 192).Select(index => (byte)index)]);

        Assert.InRange(Enumerable.Range(0, 50).Select(seed => Convert.ToHexString(Vary(sample, Everything, seed))).Distinct().Count(), 45, 50);
    }

    [Fact]
    public void A_shift_wider_than_the_image_leaves_zeros()
    {
        var sample = new Sample(new ImageShape(1, 2, 2), [9, 9, 9, 9]);

        var seen = Enumerable.Range(0, 200).Select(seed => Vary(sample, new Augmentation(16), seed).Count(pixel => pixel == 9)).ToHashSet();

        Assert.Superset(new HashSet<int> { 0, 2 }, seen);
    }

    [Fact]
    public void Every_operation_is_drawn_and_grey_images_get_none_for_colours()
    {
        var shape = new ImageShape(1, 8, 8);
        var pixels = new byte[64];
        new Random(1).NextBytes(pixels);
        var sample = new Sample(shape, pixels);
        var seen = Enumerable.Range(0, 1_000).Select(seed => Convert.ToHexString(Vary(sample, new Augmentation(RandAugment: new(1, 9)), seed))).ToHashSet();
        var possible = ImageOperations.All.Where(operation => !operation.NeedsColour)
            .SelectMany(operation => new[] { -0.9, 0.9 }.Select(strength => Convert.ToHexString(sample.After(operation.Apply, strength))))
            .ToHashSet();

        Assert.Equal(possible.Order(), seen.Order());
    }

    private static byte[] Vary(Sample sample, Augmentation augmentation, int seed, byte filled = 0)
    {
        byte[] Room() => [.. Enumerable.Repeat(filled, sample.Pixels.Length)];
        double[] each = [.. Enumerable.Repeat(0.5, sample.Shape.Channels)];
        var target = Room();
        new Augmenter(augmentation, sample.Shape, new Preprocessing(1.0 / 255, each, each), Room()).Vary(sample.Pixels, target, new Random(seed));
        return target;
    }
}
