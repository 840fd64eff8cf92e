namespace Slimmable.Training;

/// <summary>Means of named values over an epoch.</summary>
internal sealed class MeanMeter
{
    private readonly Dictionary<string, (double Sum, int Count)> values = [];

    public void Add(string name, double value)
    {
        var (sum, count) = values.GetValueOrDefault(name);
        values[name] = (sum + value, count + 1);
    }

    public IReadOnlyDictionary<string, double> TakeMeans()
    {
        var means = values.ToDictionary(pair => pair.Key, pair => pair.Value.Sum / pair.Value.Count);
        values.Clear();
        return means;
    }
}
