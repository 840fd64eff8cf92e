using System.Text.Json.Serialization;

namespace Slimmable.Models;

/// <summary>
/// A named dimension of the supernet and the sizes it can take. A subnet picks one size and takes that many of the leading channels
/// (prefix slicing). An axis with one size is fixed: image channels, a squeeze width, the classes.
/// </summary>
/// <param name="Name">Unique in the graph, e.g. <c>stage4.out</c>.</param>
/// <param name="Sizes">
/// Channel counts, ascending, each in 1..1048576. A size may repeat: what an index keeps of its own, the statistics of batch normalization,
/// depends on the whole subnet. Where a small layer is as wide in two neighbouring subnets, what it reads still differs.
/// </param>
public sealed record Axis(string Name, IReadOnlyList<int> Sizes)
{
    /// <summary>The full size, which the shared weights have.</summary>
    [JsonIgnore]
    public int Largest => Sizes[^1];

    /// <summary>Whether a subnet has a choice here.</summary>
    [JsonIgnore]
    public bool IsElastic => Sizes.Count > 1;
}
