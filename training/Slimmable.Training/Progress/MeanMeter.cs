namespace Slimmable.Training;

/// <summary>Means of named values over an epoch.</summary>
internal sealed class MeanMeter
{
    private Dictionary<string, MeterSum> sums = [];

    /// <summary>What the present epoch has come to so far.</summary>
    public IReadOnlyDictionary<string, MeterSum> Sums => sums;

    public void Add(string name, double value)
    {
        var (sum, count) = sums.GetValueOrDefault(name);
        sums[name] = new MeterSum(sum + value, count + 1);
    }

    /// <summary>Goes on from sums of an epoch that was broken off.</summary>
    public void Restore(IReadOnlyDictionary<string, MeterSum> earlier) => sums = new(earlier);

    public IReadOnlyDictionary<string, double> Means() => sums.ToDictionary(pair => pair.Key, pair => pair.Value.Sum / pair.Value.Count);

    /// <summary>Makes ready for the next epoch.</summary>
    public void Clear() => sums.Clear();
}

/// <summary>A mean on its way.</summary>
/// <param name="Sum">Of the values.</param>
/// <param name="Count">How many.</param>
internal readonly record struct MeterSum(double Sum, int Count);
