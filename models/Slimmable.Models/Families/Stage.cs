namespace Slimmable.Models;

/// <summary>Some blocks of one width at one resolution.</summary>
/// <param name="Channels">At multiplier 1, from 1 up.</param>
/// <param name="Blocks">How many blocks, from 1 up.</param>
/// <param name="Stride">Of the first block, from 1 up; the others have 1.</param>
public sealed record Stage(int Channels, int Blocks, int Stride);
