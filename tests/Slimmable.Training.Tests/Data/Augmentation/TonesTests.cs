using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Training.Tests.Data;

public class TonesTests
{
    private static readonly ImageShape Row = new(1, 1, 4);

    [Fact]
    public void Inverted_twice_it_is_the_image() => Prop.ForAll(Sample.Any, sample =>
    {
        var (once, twice) = (new byte[sample.Pixels.Length], new byte[sample.Pixels.Length]);
        Tones.Invert(sample.Pixels, once);
        Tones.Invert(once, twice);
        return twice.SequenceEqual(sample.Pixels);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Solarized_what_is_bright_is_inverted() => Assert.Equal([0, 99, 155, 0], Run((source, target) => Tones.Solarize(source, target, 100), 0, 99, 100, 255));

    [Fact]
    public void Posterized_only_the_upper_bits_are_left()
    {
        Assert.Equal([0, 16, 240, 128], Run((source, target) => Tones.Posterize(source, target, 4), 15, 16, 255, 140));
        Assert.Equal([15, 16, 255, 140], Run((source, target) => Tones.Posterize(source, target, 8), 15, 16, 255, 140));
    }

    [Fact]
    public void Autocontrast_stretches_to_the_whole_range()
    {
        Assert.Equal([0, 85, 170, 255], Run((source, target) => Tones.AutoContrast(Row, source, target), 100, 110, 120, 130));
        Assert.Equal([7, 7, 7, 7], Run((source, target) => Tones.AutoContrast(Row, source, target), 7, 7, 7, 7));
    }

    /// <summary>Of four pixels one is darkest; the other three share the way to 255.</summary>
    [Fact]
    public void Equalized_values_are_their_ranks()
    {
        Assert.Equal([0, 255, 85, 170], Run((source, target) => Tones.Equalize(Row, source, target), 3, 200, 4, 90));
        Assert.Equal([0, 0, 255, 255], Run((source, target) => Tones.Equalize(Row, source, target), 5, 5, 6, 6));
        Assert.Equal([9, 9, 9, 9], Run((source, target) => Tones.Equalize(Row, source, target), 9, 9, 9, 9));
    }

    [Fact]
    public void Channels_are_stretched_apart()
    {
        var target = new byte[4];

        Tones.AutoContrast(new ImageShape(2, 1, 2), [10, 20, 60, 40], target);

        Assert.Equal([0, 255, 255, 0], target);
    }

    private static byte[] Run(Action<byte[], byte[]> change, params byte[] source)
    {
        var target = new byte[source.Length];
        change(source, target);
        return target;
    }
}
