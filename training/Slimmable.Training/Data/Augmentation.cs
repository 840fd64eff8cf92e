namespace Slimmable.Training;

/// <summary>How training images are varied.</summary>
/// <param name="Shift">Zeros padded on each side before a window of the old size is cut at random, 0..16 pixels.</param>
/// <param name="Flip">Whether every second image, at random, is mirrored left to right.</param>
public sealed record Augmentation(int Shift = 0, bool Flip = false);
