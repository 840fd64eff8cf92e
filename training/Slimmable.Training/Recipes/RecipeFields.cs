using System.Text.Json;

namespace Slimmable.Training;

/// <summary>Reads the members of one JSON object and notes every fault, rather than stopping at the first.</summary>
internal sealed class RecipeFields(JsonElement element, string path, List<string> faults)
{
    private readonly HashSet<string> known = [];

    public string Text(string name, IReadOnlyList<string>? allowed = null)
    {
        if (!TryGet(name, required: true, JsonValueKind.String, "text", out var value))
        {
            return string.Empty;
        }

        var text = value.GetString()!;
        if (text.Length == 0 || (allowed is not null && !allowed.Contains(text)))
        {
            faults.Add($"{path}{name}: expected {(allowed is null ? "some text" : $"one of {string.Join(", ", allowed)}")}, found '{text}'");
        }

        return text;
    }

    /// <summary>Whether a member is an object, for those that may be one or a text.</summary>
    public bool HoldsObject(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object;

    public string? FilePath(string name, bool required)
    {
        if (!TryGet(name, required, JsonValueKind.String, "a file's path", out var value))
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length == 0 || text.AsSpan().ContainsAny(Path.GetInvalidPathChars()) || text.Contains("://", StringComparison.Ordinal))
        {
            faults.Add($"{path}{name}: expected a file's path, found '{text}'");
        }

        return text;
    }

    public int Integer(string name, int least, int most, int? fallback = null) => OptionalInteger(name, least, most, required: fallback is null) ?? fallback ?? least;

    public int? OptionalInteger(string name, int least, int most, bool required = false)
    {
        if (!TryGet(name, required, JsonValueKind.Number, "a whole number", out var value))
        {
            return null;
        }

        if (value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        faults.Add($"{path}{name}: expected a whole number in {least}..{most}, found {value.GetRawText()}");
        return null;
    }

    public long Long(string name, long fallback)
    {
        if (!TryGet(name, required: false, JsonValueKind.Number, "a whole number", out var value))
        {
            return fallback;
        }

        if (value.TryGetInt64(out var number) && number >= 0)
        {
            return number;
        }

        faults.Add($"{path}{name}: expected a whole number from 0 up, found {value.GetRawText()}");
        return fallback;
    }

    public double Number(string name, Interval interval, double? fallback = null) =>
        OptionalNumber(name, interval, required: fallback is null) ?? fallback ?? 0;

    public double? OptionalNumber(string name, Interval interval, bool required = false)
    {
        if (!TryGet(name, required, JsonValueKind.Number, "a number", out var value))
        {
            return null;
        }

        if (value.TryGetDouble(out var number) && interval.Contains(number))
        {
            return number;
        }

        faults.Add($"{path}{name}: expected a number {interval}, found {value.GetRawText()}");
        return null;
    }

    /// <summary>One of an enumeration's members, by its name in camel case.</summary>
    public T Choice<T>(string name, T fallback)
        where T : struct, Enum => OptionalChoice<T>(name) ?? fallback;

    /// <inheritdoc cref="Choice"/>
    public T? OptionalChoice<T>(string name)
        where T : struct, Enum
    {
        if (!TryGet(name, required: false, JsonValueKind.String, "text", out var value))
        {
            return null;
        }

        var choices = Enum.GetValues<T>().ToDictionary(choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()));
        if (choices.TryGetValue(value.GetString()!, out var chosen))
        {
            return chosen;
        }

        faults.Add($"{path}{name}: expected one of {string.Join(", ", choices.Keys)}, found '{value.GetString()}'");
        return null;
    }

    /// <summary>Numbers that ascend; none where the member is missing.</summary>
    public IReadOnlyList<double> Ascending(string name, Interval interval)
    {
        if (!TryGet(name, required: false, JsonValueKind.Array, "a list of numbers", out var value))
        {
            return [];
        }

        var numbers = value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN).ToList();
        if (!numbers.All(interval.Contains) || numbers.Zip(numbers.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            faults.Add($"{path}{name}: expected numbers {interval} that ascend, found {value.GetRawText()}");
        }

        return numbers;
    }

    /// <summary>A list of at least one text, or null where the member is missing.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!TryGet(name, required: false, JsonValueKind.Array, "a list of texts", out var value))
        {
            return null;
        }

        var texts = value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : string.Empty).ToList();
        Require(texts.Count > 0 && texts.All(text => text.Length > 0), name, $"expected a list of at least one text, found {value.GetRawText()}");
        return texts;
    }

    /// <summary>Notes a fault that takes more than one member to see.</summary>
    public void Require(bool condition, string name, string fault)
    {
        if (!condition)
        {
            faults.Add($"{path}{name}: {fault}");
        }
    }

    public bool Flag(string name, bool fallback)
    {
        known.Add(name);
        if (!element.TryGetProperty(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        faults.Add($"{path}{name}: expected true or false, found {value.GetRawText()}");
        return fallback;
    }

    public T? Object<T>(string name, Func<RecipeFields, T> read, bool required)
        where T : class
    {
        if (!TryGet(name, required, JsonValueKind.Object, "an object", out var value))
        {
            return null;
        }

        var fields = new RecipeFields(value, $"{path}{name}.", faults);
        var result = read(fields);
        fields.RejectUnknown();
        return result;
    }

    /// <summary>Notes every member that nothing asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var property in element.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            faults.Add($"{path}{property.Name}: there is no such field; expected {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
    }

    private bool TryGet(string name, bool required, JsonValueKind kind, string expected, out JsonElement value)
    {
        known.Add(name);
        if (!element.TryGetProperty(name, out value) || (value.ValueKind == JsonValueKind.Null && !required))
        {
            if (required)
            {
                faults.Add($"{path}{name}: expected {expected}, found none");
            }

            return false;
        }

        if (value.ValueKind != kind)
        {
            faults.Add($"{path}{name}: expected {expected}, found {value.GetRawText()}");
            return false;
        }

        return true;
    }
}
