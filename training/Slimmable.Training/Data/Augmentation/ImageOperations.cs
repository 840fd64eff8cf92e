namespace Slimmable.Training;

/// <summary>
/// The operations of RandAugment, with what their greatest strength is. They are the paper's and inversion, on the scale that timm calls
/// increasing: the greater the strength, the more an image changes.
/// </summary>
internal static class ImageOperations
{
    private const double Degrees = 30;
    private const double Shear = 0.3;
    private const double Translation = 0.45;
    private const double Enhancement = 0.9;
    private const int LostBits = 4;

    /// <summary>All of them. Those without a strength are applied whole.</summary>
    public static IReadOnlyList<ImageOperation> All { get; } =
    [
        new("identity", (_, source, target, _) => source.CopyTo(target)),
        new("autocontrast", (shape, source, target, _) => Tones.AutoContrast(shape, source, target)),
        new("equalize", (shape, source, target, _) => Tones.Equalize(shape, source, target)),
        new("invert", (_, source, target, _) => Tones.Invert(source, target)),
        new("posterize", (_, source, target, strength) => Tones.Posterize(source, target, 8 - (int)Math.Round(LostBits * Math.Abs(strength)))),
        new("solarize", (_, source, target, strength) => Tones.Solarize(source, target, 256 - (int)Math.Round(256 * Math.Abs(strength)))),
        new("brightness", (_, source, target, strength) => Blends.Brightness(source, target, 1 + (Enhancement * strength))),
        new("contrast", (shape, source, target, strength) => Blends.Contrast(shape, source, target, 1 + (Enhancement * strength))),
        new("color", (shape, source, target, strength) => Blends.Saturation(shape, source, target, 1 + (Enhancement * strength)), NeedsColour: true),
        new("sharpness", (shape, source, target, strength) => Blends.Sharpness(shape, source, target, 1 + (Enhancement * strength))),
        new("rotate", (shape, source, target, strength) => Bilinear.Sample(shape, source, target, AffineMap.Rotation(shape, Degrees * strength))),
        new("shear-x", (shape, source, target, strength) => Bilinear.Sample(shape, source, target, AffineMap.ShearX(shape, Shear * strength))),
        new("shear-y", (shape, source, target, strength) => Bilinear.Sample(shape, source, target, AffineMap.ShearY(shape, Shear * strength))),
        new("translate-x", (shape, source, target, strength) => Bilinear.Sample(shape, source, target, AffineMap.Translation(Translation * strength * shape.Width, 0))),
        new("translate-y", (shape, source, target, strength) => Bilinear.Sample(shape, source, target, AffineMap.Translation(0, Translation * strength * shape.Height))),
    ];
}
