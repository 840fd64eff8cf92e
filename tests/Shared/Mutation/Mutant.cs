namespace Slimmable.Tests;

/// <summary>A mutated file as it lies on the disk, ready to be read.</summary>
/// <param name="Mutation">What was done to it, for the message of a test that fails.</param>
/// <param name="Bytes">Its size, with that of the files it brings along.</param>
internal sealed record Mutant(string Mutation, long Bytes)
{
    /// <summary>It leads out of its folder: who reads it right has read what it may not.</summary>
    public bool LeadsOutside { get; init; }

    /// <summary>A word that only a file outside could tell, its hash say: no message may have it.</summary>
    public string? Secret { get; init; }
}
