using System.Globalization;

namespace Slimmable.Training;

/// <summary>A range of numbers, for a field's rule and for the message when it is broken.</summary>
internal readonly record struct Interval(double Least, double Most, bool LeastIncluded, bool MostIncluded)
{
    public static Interval Positive { get; } = new(0, double.PositiveInfinity, LeastIncluded: false, MostIncluded: false);

    public static Interval FromZero { get; } = new(0, double.PositiveInfinity, LeastIncluded: true, MostIncluded: false);

    public static Interval BelowOne { get; } = new(0, 1, LeastIncluded: true, MostIncluded: false);

    public static Interval Share { get; } = new(0, 1, LeastIncluded: true, MostIncluded: true);

    public static Interval PositiveShare { get; } = new(0, 1, LeastIncluded: false, MostIncluded: true);

    public bool Contains(double value) =>
        (LeastIncluded ? value >= Least : value > Least) && (MostIncluded ? value <= Most : value < Most);

    public override string ToString()
    {
        var least = Least.ToString(CultureInfo.InvariantCulture);
        return double.IsPositiveInfinity(Most)
            ? LeastIncluded ? $"from {least} up" : $"above {least}"
            : $"in {(LeastIncluded ? '[' : '(')}{least}, {Most.ToString(CultureInfo.InvariantCulture)}{(MostIncluded ? ']' : ')')}";
    }
}
