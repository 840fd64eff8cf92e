namespace Slimmable.Training;

/// <summary>The shape of an image in memory, <c>[Channels, Height, Width]</c>, row-major.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Pixels a channel has.</summary>
    public int Plane => Height * Width;

    /// <summary>Whether the channels are red, green and blue.</summary>
    public bool IsColour => Channels == 3;
}
