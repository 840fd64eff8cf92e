using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;

namespace Slimmable.Models.Tests;

/// <summary>docs/manifest.schema.json is written by hand, for its words; here it is held against what the code reads and writes.</summary>
public class ManifestSchemaTests
{
    private static readonly JsonNode Documented = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "manifest.schema.json")))!;

    [Fact]
    public void The_schema_and_the_code_describe_the_same_JSON()
    {
        var code = ModelsJson.Default.Options.GetJsonSchemaAsNode(typeof(BundleManifest));

        Assert.Equal(Lines(code, code, "$"), Lines(Documented, Documented, "$"));
    }

    [Fact]
    public void The_schema_is_of_the_version_that_the_code_reads()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)Documented["$schema"]);
        Assert.Equal(BundleFormat.Version, (int?)Documented["properties"]!["formatVersion"]!["const"]);
    }

    [Fact]
    public void Every_member_is_described()
    {
        var undescribed = Objects(Documented)
            .Where(schema => schema["type"] is not null)
            .SelectMany(schema => schema["properties"]?.AsObject() ?? [])
            .Where(property => string.IsNullOrWhiteSpace((string?)property.Value!["description"]))
            .Select(property => property.Key);

        Assert.Empty(undescribed);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("subnet-uniform-0.onnx")]
    [InlineData("9_-.x")]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("_a")]
    [InlineData("é")]
    [InlineData("a b")]
    public void Names_keep_one_rule_in_the_schema_and_in_the_code(string name)
    {
        var rule = Documented["$defs"]!["name"]!;

        Assert.Equal(Names.IsValid(name), Regex.IsMatch(name, (string)rule["pattern"]!));
        Assert.Contains(Names.Rule, (string)rule["description"]!, StringComparison.Ordinal);
        Assert.False(Names.IsValid(new string('a', (int)rule["maxLength"]! + 1)));
        Assert.True(Names.IsValid(new string('a', (int)rule["maxLength"]!)));
    }

    /// <summary>The form of the JSON, one line for each place. What code cannot say of a list's items and of the root is left out: that they are no nulls.</summary>
    private static IEnumerable<string> Lines(JsonNode root, JsonNode schema, string place)
    {
        var (plain, isNullable) = Resolve(root, schema);
        var types = plain["type"] switch
        {
            JsonArray several => several.Select(type => (string)type!).ToList(),
            { } one => [(string)one!],
            null => plain["enum"]!.AsArray().Select(value => $"'{(string)value!}'").ToList(),
        };
        isNullable = (types.Remove("null") || isNullable) && place != "$" && !place.EndsWith(']');
        var required = plain["required"]?.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal).AsEnumerable() ?? [];
        var isClosed = plain["additionalProperties"]?.GetValueKind() == JsonValueKind.False;
        yield return $"{place}: {string.Join(" or ", types)}{(isNullable ? " or null" : "")}{(isClosed ? ", closed" : "")}, requires [{string.Join(", ", required)}]";

        var members = plain["properties"]?.AsObject().OrderBy(property => property.Key, StringComparer.Ordinal).AsEnumerable() ?? [];
        foreach (var line in members.SelectMany(property => Lines(root, property.Value!, $"{place}.{property.Key}")))
        {
            yield return line;
        }

        foreach (var line in plain["items"] is { } items ? Lines(root, items, $"{place}[]") : [])
        {
            yield return line;
        }
    }

    private static (JsonNode Schema, bool IsNullable) Resolve(JsonNode root, JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Resolve(root, reference.Split('/').Skip(1).Aggregate(root, (node, part) => node[part]!));
        }

        return schema["anyOf"] is JsonArray choices
            ? (Resolve(root, choices.Single(choice => (string?)choice!["type"] != "null")!).Schema, IsNullable: true)
            : (schema, IsNullable: false);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => Objects(member.Value)).Prepend(item),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
