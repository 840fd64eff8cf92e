using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.TensorShapeProto.Types;

namespace Slimmable.Export;

/// <summary>A dimension: a length, or a name for one that is known only when the model runs.</summary>
/// <param name="Known">The length, where there is no name.</param>
/// <param name="Symbol">The name.</param>
/// <param name="IsCounted">Whether the name is that of a node which counts as the model runs, rather than one that the model declares.</param>
internal readonly record struct Length(long Known, string? Symbol = null, bool IsCounted = false)
{
    public override string ToString() => Symbol is null ? $"{Known}" : IsCounted ? $"what {FindingList.Quote(Symbol)} counts" : FindingList.Clean(Symbol);
}

/// <summary>A shape as a model declares it or as its operators imply it.</summary>
internal sealed class TensorShape(params IReadOnlyList<Length> lengths)
{
    /// <summary>No dimension is longer; products of two fit in 64 bits.</summary>
    public const long Longest = int.MaxValue;

    /// <summary>No value has more dimensions; twice that of any network's.</summary>
    public const int MostDimensions = 8;

    /// <summary>Outermost first.</summary>
    public IReadOnlyList<Length> Lengths => lengths;

    public int Rank => lengths.Count;

    public Length this[Index index] => lengths[index.GetOffset(Rank)];

    /// <summary>A shape of known lengths, or null where one is outside 1..<see cref="Longest"/> or they are too many.</summary>
    public static TensorShape? OfKnown(IEnumerable<long> dims)
    {
        Length[] known = [.. dims.Select(dim => new Length(dim))];
        return known.Length <= MostDimensions && known.All(length => length.Known is > 0 and <= Longest) ? new TensorShape(known) : null;
    }

    /// <summary>A declared shape, or null where a dimension is neither named nor in 1..<see cref="Longest"/>, or they are too many.</summary>
    public static TensorShape? Of(TensorShapeProto shape)
    {
        var lengths = new List<Length>();
        foreach (var dimension in shape.Dim)
        {
            if (dimension.ValueCase == Dimension.ValueOneofCase.DimParam && dimension.DimParam.Length > 0)
            {
                lengths.Add(new Length(0, dimension.DimParam));
            }
            else if (dimension.ValueCase == Dimension.ValueOneofCase.DimValue && dimension.DimValue is > 0 and <= Longest)
            {
                lengths.Add(new Length(dimension.DimValue));
            }
            else
            {
                return null;
            }
        }

        return lengths.Count <= MostDimensions ? new TensorShape(lengths) : null;
    }

    /// <summary>How many elements: the product of the known lengths, and the names of the others, in order.</summary>
    /// <exception cref="OverflowException">The product does not fit in 64 bits.</exception>
    public (long Known, IReadOnlyList<Length> Symbols) Elements() => (
        lengths.Where(length => length.Symbol is null).Aggregate(1L, (product, length) => checked(product * length.Known)),
        [.. lengths.Where(length => length.Symbol is not null).OrderBy(length => length.Symbol, StringComparer.Ordinal).ThenBy(length => length.IsCounted)]);

    public bool IsSame(TensorShape other) => Lengths.SequenceEqual(other.Lengths);

    public override string ToString() => $"[{string.Join(", ", lengths)}]";
}
