namespace Slimmable.Models;

/// <summary>The graph's input: float images, <c>[N, channels, height, width]</c>.</summary>
/// <param name="Name">The name nodes refer to. Exported graphs call it <c>input</c>, whatever it is here.</param>
/// <param name="Channels">The name of a fixed axis.</param>
/// <param name="Height">In pixels, 1..65536.</param>
/// <param name="Width">In pixels, 1..65536.</param>
public sealed record ImageInput(string Name, string Channels, int Height, int Width);
