using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Training.Tests.Data;

/// <summary>A small image for the properties that every operation keeps.</summary>
internal sealed record Sample(ImageShape Shape, byte[] Pixels)
{
    /// <summary>Grey and colour images of any small size, flat ones and busy ones.</summary>
    public static Arbitrary<Sample> Any { get; } = (
        from channels in Gen.Elements(1, 3)
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 9)
        from most in Gen.Elements(0, 3, 255)
        from pixels in Gen.Choose(0, most).Select(value => (byte)value).ArrayOf(channels * height * width)
        select new Sample(new ImageShape(channels, height, width), pixels)).ToArbitrary();

    public override string ToString() => $"{Shape}: {string.Join(' ', Pixels)}";

    public byte[] After(ImageChange change, double strength)
    {
        var target = new byte[Pixels.Length];
        change(Shape, Pixels, target, strength);
        return target;
    }
}
