using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Slimmable.Training;

/// <summary>
/// Derives a seed for everything that is random from the run's one seed and the place in the run. Nothing random has a state that lives on
/// from step to step, so a step's randomness is the same however the run came to it.
/// </summary>
/// <param name="seed">The run's seed.</param>
public sealed class Seeds(long seed)
{
    /// <summary>The seed of a purpose at a place, at least 0.</summary>
    /// <param name="purpose">What is random, e.g. <c>shuffle</c>.</param>
    /// <param name="place">The epoch or step.</param>
    public long For(string purpose, long place = 0)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{purpose}/{place}"));
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }

    /// <summary>A generator for a purpose at a place.</summary>
    public Random Random(string purpose, long place = 0) => new((int)(For(purpose, place) & int.MaxValue));
}
