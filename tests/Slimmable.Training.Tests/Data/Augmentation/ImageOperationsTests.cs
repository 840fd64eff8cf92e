using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Training.Tests.Data;

/// <summary>What all operations have in common.</summary>
public class ImageOperationsTests
{
    /// <summary>These are applied whole, whatever the strength.</summary>
    private static readonly string[] WithoutStrength = ["autocontrast", "equalize", "invert"];

    public static TheoryData<string> Names => [.. ImageOperations.All.Select(operation => operation.Name)];

    [Fact]
    public void They_are_the_papers_and_inversion() => Assert.Equal(
        [
            "autocontrast", "brightness", "color", "contrast", "equalize", "identity", "invert", "posterize", "rotate", "sharpness", "shear-x", "shear-y",
            "solarize", "translate-x", "translate-y",
        ],
        ImageOperations.All.Select(operation => operation.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_strength_an_image_stays_as_it_is(string name)
    {
        if (!WithoutStrength.Contains(name))
        {
            Prop.ForAll(Sample.Any, sample => sample.After(Named(name), 0).SequenceEqual(sample.Pixels)).QuickCheckThrowOnFailure();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_pixel_is_written_and_the_source_is_left_alone(string name) => Prop.ForAll(Sample.Any, sample =>
    {
        foreach (var strength in new[] { -1, -0.35, 0.9, 1 })
        {
            byte[] source = [.. sample.Pixels];
            var (dark, bright) = (new byte[source.Length], Enumerable.Repeat(byte.MaxValue, source.Length).ToArray());
            Named(name)(sample.Shape, source, dark, strength);
            Named(name)(sample.Shape, source, bright, strength);
            Assert.Equal(dark, bright);
            Assert.Equal(sample.Pixels, source);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void What_needs_colour_does_nothing_to_grey_and_the_rest_does_something(string name)
    {
        var operation = ImageOperations.All.Single(operation => operation.Name == name);
        var pixels = new byte[64];
        new Random(1).NextBytes(pixels);
        var grey = new Sample(new ImageShape(1, 8, 8), [.. pixels.Select(pixel => (byte)(100 + (pixel % 100)))]);

        var changes = !grey.After(operation.Apply, 0.5).SequenceEqual(grey.Pixels);

        Assert.Equal(!operation.NeedsColour && name != "identity", changes);
    }

    private static ImageChange Named(string name) => ImageOperations.All.Single(operation => operation.Name == name).Apply;
}
