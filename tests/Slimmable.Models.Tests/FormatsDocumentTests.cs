using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Slimmable.Models.Tests;

/// <summary>docs/formats.md names everything that stands in the files, by the names it has there.</summary>
public partial class FormatsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "formats.md")).ReplaceLineEndings("\n");

    private static readonly Dictionary<string, Type> NodeTypes = typeof(Node).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(node => (string)node.TypeDiscriminator!, node => node.DerivedType);

    public static TheoryData<string> Operators => [.. NodeTypes.Keys];

    [Theory]
    [MemberData(nameof(Operators))]
    public void Every_node_has_a_row_with_its_members(string op)
    {
        var row = Assert.Single(Document.Split('\n'), line => Regex.IsMatch(line, $"^\\| `{op}`(?:, `kind` = `dense`)? \\|")).Split('|')[2];

        Assert.Equal(
            MembersOf(NodeTypes[op]).Where(name => name is not ("name" or "inputs")).Order(),
            Code().Matches(row).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void The_node_types_that_the_document_lists_are_all_there_are() => Assert.Equal(
        NodeTypes.Keys.Order(),
        NodeRow().Matches(Document).Select(match => match.Groups[1].Value).Distinct().Order());

    [Fact]
    public void Every_metadata_key_has_a_row() => Assert.Equal(
        Constants(typeof(CheckpointFormat)).Concat(Constants(typeof(GraphMetadata))).Where(value => value.StartsWith("slimmable.", StringComparison.Ordinal)).Order(),
        MetadataRow().Matches(Document).Select(match => match.Groups[1].Value).Order());

    [Fact]
    public void Every_name_of_the_formats_is_told()
    {
        IEnumerable<string> told =
        [
            .. Constants(typeof(BundleFormat)),
            BundleFormat.TailFile("NAME"),
            BundleFormat.FullFile("NAME"),
            BundleFormat.GoldenLogits("NAME"),
            .. new[] { typeof(ConvolutionKind), typeof(ActivationKind), typeof(AffineSharing), typeof(BundleLayout), typeof(RoutingPolicyKind), typeof(NumberType), typeof(ImageLayout), typeof(GraphPrecision) }.SelectMany(NamesOf),
            .. new[] { typeof(AccuracyReport), typeof(RoutedAccuracy), typeof(OperatingPoint), typeof(SubnetAccuracy), typeof(Preprocessing) }.SelectMany(MembersOf),
        ];

        Assert.All(told, name => Assert.Contains($"`{name}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void The_graph_in_the_document_is_one()
    {
        var json = JsonBlock().Match(Document).Groups[1].Value;

        var graph = SupernetGraph.Create(JsonSerializer.Deserialize(json, ModelsJson.Default.GraphDefinition)!);

        Assert.Equal(["narrow", "wide"], graph.Routable.Select(subnet => subnet.Name));
    }

    [Fact]
    public void The_limits_in_the_document_are_those_of_the_code()
    {
        Assert.Contains("headers of at most 100,000,000 bytes, and of at most\n1 MiB and a sixteenth of the file, and tensors of at most 16 dimensions", Document, StringComparison.Ordinal);
        Assert.Equal(
            (100_000_000, 1 << 20, 16, 16),
            (SafetensorsFormat.LongestHeader, SafetensorsFormat.ShareFreeHeader, SafetensorsFormat.HeaderShare, SafetensorsFormat.MostDimensions));
        Assert.Contains("A manifest has at most 4 MiB", Document, StringComparison.Ordinal);
        Assert.Equal(4 << 20, BundleFormat.LargestManifest);
        Assert.Contains(Names.Rule.Replace("'", "`", StringComparison.Ordinal), Document, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Constants(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        .Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> NamesOf(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);

    private static IEnumerable<string> MembersOf(Type type) =>
        ModelsJson.Default.GetTypeInfo(type)!.Properties.Where(property => property.Get is not null).Select(property => property.Name);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| `(\w+)`[^|]*\|[^|]*\|[^|]*\|[^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex NodeRow();

    [GeneratedRegex(@"^\| `(slimmable\.\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex MetadataRow();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
