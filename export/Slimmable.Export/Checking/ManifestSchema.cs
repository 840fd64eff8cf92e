using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slimmable.Export;

/// <summary>
/// Holds a manifest against docs/manifest.schema.json, which is part of this program. It knows the words of JSON Schema 2020-12 that the schema uses, and
/// a test fails when the schema uses another one.
/// </summary>
internal static class ManifestSchema
{
    private static readonly JsonDocument Document = Load();

    /// <summary>The words that are checked, with those that only tell people.</summary>
    public static IReadOnlyCollection<string> Words { get; } =
    [
        "$ref", "type", "const", "enum", "anyOf", "if", "then", "else", "required", "properties", "additionalProperties", "items", "minItems", "maxItems",
        "uniqueItems", "minimum", "exclusiveMinimum", "maximum", "maxLength", "pattern", "$schema", "$id", "$defs", "title", "description", "default",
    ];

    /// <summary>The schema.</summary>
    public static JsonElement Root => Document.RootElement;

    /// <summary>Lists what the schema does not allow, each by its place.</summary>
    public static void Check(JsonElement manifest, FindingList findings)
    {
        foreach (var (place, fault) in FaultsOf(Root, manifest, "$"))
        {
            findings.Add(FindingRules.Schema, $"{FindingList.Clean(place)}: {fault}");
        }
    }

    private static JsonDocument Load()
    {
        using var stream = typeof(ManifestSchema).Assembly.GetManifestResourceStream("manifest.schema.json")!;
        return JsonDocument.Parse(stream);
    }

    private static IEnumerable<(string Place, string Fault)> FaultsOf(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = Root.GetProperty("$defs").GetProperty(reference.GetString()![(reference.GetString()!.LastIndexOf('/') + 1)..]);
        }

        var own = OwnFaults(schema, value).Select(fault => (place, fault)).ToList();
        return own.Count > 0 ? own : Choices(schema, value, place).Concat(Members(schema, value, place)).Concat(Items(schema, value, place));
    }

    private static IEnumerable<string> OwnFaults(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("type", out var type) && !Listed(type).Any(name => IsOf(name.GetString()!, value)))
        {
            yield return $"expected {string.Join(" or ", Listed(type))}, found {Word(value)}";
            yield break;
        }

        if ((schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            || (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value))))
        {
            yield return $"expected {(constant.ValueKind == JsonValueKind.Undefined ? string.Join(" or ", schema.GetProperty("enum").EnumerateArray()) : constant)}, found {Word(value)}";
        }

        foreach (var fault in value.ValueKind switch
        {
            JsonValueKind.Number => NumberFaults(schema, value.GetDouble()),
            JsonValueKind.String => TextFaults(schema, value.GetString()!),
            JsonValueKind.Array => ListFaults(schema, value),
            _ => [],
        })
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> NumberFaults(JsonElement schema, double number)
    {
        if ((schema.TryGetProperty("minimum", out var least) && !(number >= least.GetDouble()))
            || (schema.TryGetProperty("exclusiveMinimum", out var above) && !(number > above.GetDouble()))
            || (schema.TryGetProperty("maximum", out var most) && !(number <= most.GetDouble())))
        {
            yield return $"expected a number within bounds, found {number}";
        }
    }

    private static IEnumerable<string> TextFaults(JsonElement schema, string text)
    {
        if (schema.TryGetProperty("maxLength", out var longest) && text.Length > longest.GetInt32())
        {
            yield return $"expected at most {longest} characters, found {text.Length}";
        }
        else if (schema.TryGetProperty("pattern", out var pattern) && !Matches(text, pattern.GetString()!))
        {
            yield return $"expected a text like {pattern}, found {FindingList.Quote(text)}";
        }
    }

    private static IEnumerable<string> ListFaults(JsonElement schema, JsonElement list)
    {
        var count = list.GetArrayLength();
        if ((schema.TryGetProperty("minItems", out var least) && count < least.GetInt32()) || (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32()))
        {
            yield return $"expected another number of items, found {count}";
        }
        else if (schema.TryGetProperty("uniqueItems", out _) && list.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() != count)
        {
            yield return "expected each item once";
        }
    }

    private static IEnumerable<(string Place, string Fault)> Choices(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            // The faults of the choice that comes nearest; null is one that nothing else comes near to.
            var faults = choices.EnumerateArray().Select(choice => FaultsOf(choice, value, place).ToList()).ToList();
            foreach (var fault in faults.Any(list => list.Count == 0) ? [] : faults[0])
            {
                yield return fault;
            }
        }

        if (schema.TryGetProperty("if", out var condition)
            && schema.TryGetProperty(FaultsOf(condition, value, place).Any() ? "else" : "then", out var consequence))
        {
            foreach (var fault in FaultsOf(consequence, value, place))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<(string Place, string Fault)> Members(JsonElement schema, JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [])
        {
            if (!value.TryGetProperty(name, out _))
            {
                yield return (place, $"expected the member '{name}', found none");
            }
        }

        var known = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(member.Name, out var rule))
            {
                foreach (var fault in FaultsOf(rule, member.Value, $"{place}.{member.Name}"))
                {
                    yield return fault;
                }
            }
            else if (schema.TryGetProperty("additionalProperties", out _))
            {
                yield return (place, $"unexpected member {FindingList.Quote(member.Name)}");
            }
        }
    }

    private static IEnumerable<(string Place, string Fault)> Items(JsonElement schema, JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().SelectMany((item, index) => FaultsOf(items, item, $"{place}[{index}]"))
            : [];

    private static List<JsonElement> Listed(JsonElement one) => one.ValueKind == JsonValueKind.Array ? [.. one.EnumerateArray()] : [one];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };

    private static string Word(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
        ? $"an {value.ValueKind.ToString().ToLowerInvariant()}"
        : FindingList.Clean(value.GetRawText());

    /// <summary>In JSON Schema as in ECMAScript, <c>$</c> is the very end.</summary>
    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text, pattern.EndsWith('$') ? $@"{pattern[..^1]}\z" : pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
