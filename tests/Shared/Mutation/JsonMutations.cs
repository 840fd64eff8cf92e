using System.Text;
using System.Text.Json;

namespace Slimmable.Tests;

/// <summary>Mutations of JSON that stay JSON for the most part: values, members and items are replaced, lost, doubled and swapped.</summary>
internal static class JsonMutations
{
    private static readonly string[] Values =
    [
        "null", "true", "{}", "[]", "\"\"", "0", "-0", "-1", "1.0", "1e0", "0.5", "1e999", "-1e999", "1e-999", "2147483647", "2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "NaN", "Infinity",
        "\"..\"", "\"../secret\"", "\"/etc/passwd\"", "\"C:\\\\x\"", "\"\\\\\\\\host\\\\share\"", "\"a/b\"", "\"CON\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e\"", "\"manifest.json\"",
        "\"F64\"", "\"BOOL\"", "[[[]]]", "[null]", "[9223372036854775807,9223372036854775807,9223372036854775807]", "[4294967296,4294967296]", "[-1]", "[0]", "{\"a\":{\"a\":{}}}",
    ];

    private static readonly (string Name, Func<string, List<Span>, Random, string> Apply)[] Kinds =
    [
        ("a value replaced", (text, values, random) => Replace(text, Pick(values, random), Values[random.Next(Values.Length)])),
        ("a value of another place", (text, values, random) => Replace(text, Pick(values, random), Pick(values, random).Of(text))),
        ("a number in a value's place", (text, values, random) => Replace(text, Pick(values, random), $"{random.NextInt64(-3, 1L << random.Next(1, 63))}")),
        ("a member or item lost", (text, values, random) => Replace(text, Pick(values, random).Whole(text), "")),
        ("a member or item doubled", (text, values, random) => Pick(values, random).Whole(text) is var whole ? text.Insert(whole.Start, $"{whole.Of(text).TrimEnd(',')},") : text),
        ("two values swapped", Swap),
        ("an unknown member", (text, _, random) => Insert(text, '{', $"\"unknown{random.Next(3)}\":{Values[random.Next(Values.Length)]},", random)),
        ("an item put in", (text, _, random) => Insert(text, '[', $"{Values[random.Next(Values.Length)]},", random)),
        ("nested deep", (text, values, random) => Replace(text, Pick(values, random), Deep(random.Next(2, 20_000)))),
        ("a number of many digits", (text, values, random) => Replace(text, Pick(values, random), new string('9', random.Next(20, 20_000)))),
        ("a text of kilobytes", (text, values, random) => Replace(text, Pick(values, random), $"\"{new string('x', random.Next(100, 100_000))}\"")),
        ("a list of thousands", (text, values, random) => Replace(text, Pick(values, random), $"[{string.Join(',', Enumerable.Repeat(Values[random.Next(Values.Length)], random.Next(2, 12_000)))}]")),
    ];

    /// <summary>Applies one or two of them.</summary>
    /// <returns>The text, and what was done.</returns>
    public static (byte[] Json, string Mutation) Apply(byte[] whole, Random random)
    {
        var json = Encoding.Latin1.GetString(whole); // A letter a byte, so that places in both are the same.
        var names = new List<string>();
        for (var left = random.Next(1, 3); left > 0; left--)
        {
            var (name, apply) = Kinds[random.Next(Kinds.Length)];
            if (ValuesIn(json) is not { Count: > 0 } values)
            {
                break; // The last one broke it.
            }

            json = apply(json, values, random);
            names.Add(name);
        }

        return (Encoding.Latin1.GetBytes(json), string.Join(", ", names));
    }

    /// <summary>Where the values stand, the outermost first.</summary>
    private static List<Span> ValuesIn(string json)
    {
        var values = new List<Span>();
        var open = new Stack<int>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.Latin1.GetBytes(json));
            var name = -1;
            while (reader.Read())
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = start;
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(values.Count);
                        values.Add(new(start, end, name));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var index = open.Pop();
                        values[index] = values[index] with { End = end };
                        break;
                    default:
                        values.Add(new(start, end, name));
                        break;
                }

                name = -1;
            }
        }
        catch (JsonException)
        {
            return [];
        }

        return values;
    }

    private static Span Pick(List<Span> values, Random random) => values[random.Next(values.Count)];

    private static string Replace(string text, Span span, string by) => $"{text.AsSpan(0, span.Start)}{by}{text.AsSpan(span.End)}";

    private static string Deep(int depth) => $"{new string('[', depth)}{new string(']', depth)}";

    private static string Insert(string text, char opening, string what, Random random)
    {
        var places = text.Index().Where(letter => letter.Item == opening).Select(letter => letter.Index + 1).ToList();
        return places.Count == 0 ? text : text.Insert(places[random.Next(places.Count)], what);
    }

    private static string Swap(string text, List<Span> values, Random random)
    {
        var (one, two) = (Pick(values, random), Pick(values, random));
        var (first, second) = one.Start < two.Start ? (one, two) : (two, one);
        return first.End > second.Start ? text : Replace(Replace(text, second, first.Of(text)), first, second.Of(text));
    }

    /// <summary>A value in the text, with the place of the name before it or -1.</summary>
    private sealed record Span(int Start, int End, int Name)
    {
        public string Of(string text) => text[Start..End];

        /// <summary>With its name and the comma behind it.</summary>
        public Span Whole(string text) => new(Name < 0 ? Start : Name, End + (End < text.Length && text[End] == ',' ? 1 : 0), -1);
    }
}
