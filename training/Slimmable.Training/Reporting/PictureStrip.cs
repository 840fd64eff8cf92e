namespace Slimmable.Training;

/// <summary>Some test images in order.</summary>
/// <param name="Kind">What they were chosen by.</param>
/// <param name="Subnet">The width they were chosen for.</param>
/// <param name="Pictures">The foremost first.</param>
public sealed record PictureStrip(StripKind Kind, string Subnet, IReadOnlyList<Picture> Pictures);

/// <summary>What the images of a strip were chosen by.</summary>
public enum StripKind
{
    /// <summary>The width gives the right class the highest probability.</summary>
    Easiest,

    /// <summary>The width gives the right class the lowest probability.</summary>
    Hardest,

    /// <summary>The gate's score for the width, one of its two ends, leads that for the other end by the most.</summary>
    Routed,
}

/// <summary>A test image in a strip, and what was answered to it.</summary>
/// <param name="Index">Its place in the strip's table of pictures.</param>
/// <param name="Image">Its place in the test set, from 0 up.</param>
/// <param name="Label">The right class's name.</param>
/// <param name="Answer">The answered class's name; in a strip of the gate the width that the gate chooses.</param>
/// <param name="Probability">Of the answer, 0..1; null in a strip of the gate, whose scores need not be those of a softmax.</param>
/// <param name="IsRight">Whether the answer is the right class; null in a strip of the gate.</param>
public sealed record Picture(int Index, int Image, string Label, string Answer, double? Probability, bool? IsRight);
