using System.Text.Json;
using System.Text.Json.Nodes;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

/// <summary>Manifests against docs/manifest.schema.json.</summary>
public sealed class ManifestSchemaTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_word_of_the_schema_is_one_that_is_checked()
    {
        Assert.Empty(WordsIn(ManifestSchema.Root).Distinct().Except(ManifestSchema.Words));
    }

    [Theory]
    [InlineData("$.subnets[0].madds", "-3", "$.subnets[0].madds: expected a number within bounds, found -3")]
    [InlineData("$.subnets[0].madds", "1.5", "$.subnets[0].madds: expected integer, found 1.5")]
    [InlineData("$.subnets[0].top1", "\"high\"", "$.subnets[0].top1: expected number or null, found \"high\"")]
    [InlineData("$.subnets[0].name", "\"a/b\"", "$.subnets[0].name: expected a text like ^[A-Za-z0-9](?:\\.?[A-Za-z0-9_-])*$, found 'a/b'")]
    [InlineData("$.subnets[0].name", "\"a\\n\"", "$.subnets[0].name: expected a text like ^[A-Za-z0-9](?:\\.?[A-Za-z0-9_-])*$, found 'a?'")]
    [InlineData("$.subnets[0].tail", "null", "$.subnets[0].tail: expected string, found null")]
    [InlineData("$.subnets", "[]", "$.subnets: expected another number of items, found 0")]
    [InlineData("$.features", "null", "$.features: expected object, found null")]
    [InlineData("$.features", "3", "$.features: expected object, found 3")]
    [InlineData("$.gate.candidates", "[\"a\", \"a\"]", "$.gate.candidates: expected each item once")]
    [InlineData("$.gate.policy", "\"random\"", "$.gate.policy: expected argmax, found \"random\"")]
    [InlineData("$.layout", "\"none\"", "$.layout: expected shared-trunk or standalone, found \"none\"")]
    [InlineData("$.input", "{}", "$.input: expected the member 'name', found none")]
    [InlineData("$.more", "1", "$: unexpected member 'more'")]
    public void What_the_schema_does_not_allow_is_named_by_its_place(string place, string value, string message)
    {
        var manifest = Manifest();
        Set(manifest, place, JsonNode.Parse(value));

        Assert.Contains(message, Faults(manifest));
    }

    [Fact]
    public void A_manifest_as_exported_keeps_the_schema() => Assert.Empty(Faults(Manifest()));

    private static void Set(JsonNode manifest, string place, JsonNode? value)
    {
        var parts = place.Replace("[0]", ".0", StringComparison.Ordinal).Split('.')[1..];
        var holder = parts[..^1].Aggregate(manifest, (node, part) => part == "0" ? node[0]! : node[part]!);
        holder[parts[^1]] = value;
    }

    private static List<string> Faults(JsonNode manifest)
    {
        var findings = new FindingList("manifest.json");
        using var document = JsonDocument.Parse(manifest.ToJsonString());
        ManifestSchema.Check(document.RootElement, findings);
        Assert.All(findings.Found, finding => Assert.Equal(FindingRules.Schema.Id, finding.Id));
        return [.. findings.Found.Select(finding => finding.Message)];
    }

    /// <summary>The names of a schema's members, but not those of the members that it describes.</summary>
    private static IEnumerable<string> WordsIn(JsonElement schema) => schema.EnumerateObject().SelectMany(member => member.Value.ValueKind switch
    {
        JsonValueKind.Object when member.Name is "properties" or "$defs" => member.Value.EnumerateObject().SelectMany(inner => WordsIn(inner.Value)).Prepend(member.Name),
        JsonValueKind.Object => WordsIn(member.Value).Prepend(member.Name),
        JsonValueKind.Array when member.Name == "anyOf" => member.Value.EnumerateArray().SelectMany(WordsIn).Prepend(member.Name),
        _ => [member.Name],
    });

    private JsonNode Manifest()
    {
        BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator()), folder.File("bundle"), new ExportOptions { Full = true, Routed = true });
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder.File("bundle"), BundleFormat.ManifestFile)))!;
    }
}
