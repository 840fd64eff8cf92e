namespace Slimmable.Training;

/// <summary>How training images are varied, in this order.</summary>
/// <param name="Shift">Zeros padded on each side before a window of the old size is cut at random, 0..16 pixels; default 0.</param>
/// <param name="Flip">Whether every second image, at random, is mirrored left to right; default false.</param>
/// <param name="Erasing">The share of images that a rectangle of noise is put into, see <see cref="RandomErasing"/>, 0..1; default 0.</param>
/// <param name="RandAugment">Random operations, which come before erasing; null, the default, for none.</param>
public sealed record Augmentation(int Shift = 0, bool Flip = false, double Erasing = 0, RandAugmentOptions? RandAugment = null);
