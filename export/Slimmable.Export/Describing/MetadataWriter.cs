using System.Globalization;
using System.Text.Json.Nodes;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>
/// Writes into a bundle's graphs what they are, so that one that is taken out of its bundle still explains itself. Always in one order, and nothing of the
/// machine or the time.
/// </summary>
internal sealed class MetadataWriter(ICheckpoint checkpoint, ExportOptions options, BundlePlan plan, BundleInput input)
{
    private readonly SupernetGraph graph = checkpoint.Graph;

    /// <summary>Describes a model: its metadata, and what people read in a viewer.</summary>
    /// <param name="model">The model; its graph has the bundle's ports.</param>
    /// <param name="planned">What it is.</param>
    public void Describe(ModelProto model, PlannedFile planned)
    {
        var entries = EntriesOf(planned).Where(entry => entry.Value is not null);
        model.MetadataProps.AddRange(entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        GraphWords.Add(model, graph.Name, planned, input, checkpoint.Info);
    }

    private IEnumerable<(string Key, string? Value)> EntriesOf(PlannedFile planned)
    {
        var part = planned as PlannedGraph;
        var (takesImages, routes, answers) = (GraphRoles.TakesImages(planned), GraphRoles.HasGate(planned), GraphRoles.Answers(planned));
        yield return (GraphMetadata.Format, $"{BundleFormat.Version}");
        yield return (GraphMetadata.Producer, $"{options.Tool} {options.ToolVersion}");
        yield return (GraphMetadata.Model, graph.Name);
        yield return (GraphMetadata.DataSet, checkpoint.Info.DataSet);
        yield return (GraphMetadata.Role, GraphRoles.Of(planned));
        yield return (GraphMetadata.Subnet, routes ? null : part?.Subnet.Name);
        yield return (GraphMetadata.MAdds, part is null ? null : CostModel.Of(graph, part.Subnet, NodesOf(part)).MAdds.ToString(CultureInfo.InvariantCulture));
        yield return (GraphMetadata.Widths, part is null ? null : WidthsOf(part.Subnet, NodesOf(part)).ToJsonString());
        yield return (GraphMetadata.Subnets, routes ? List(plan.Subnets.Select(Describe)) : null);
        yield return (GraphMetadata.Candidates, routes ? List(graph.Gate!.Candidates.Select(name => JsonValue.Create(name))) : null);
        yield return (GraphMetadata.OperatingPoints, part is not null && routes && checkpoint.Info.OperatingPoints is { Count: > 0 } points ? List(points.Select(Describe)) : null);
        yield return (GraphMetadata.InputType, !takesImages ? null : input.Type == NumberType.U8 ? "uint8" : "float32");
        yield return (GraphMetadata.InputLayout, !takesImages ? null : input.Layout == ImageLayout.Nhwc ? "nhwc" : "nchw");
        yield return (GraphMetadata.Preprocessing, takesImages && checkpoint.Info.Preprocessing is { } preprocessing ? Describe(preprocessing) : null);
        yield return (GraphMetadata.Labels, answers && checkpoint.Info.Labels is { } labels ? List(labels.Select(label => JsonValue.Create(label))) : null);
        yield return (GraphMetadata.Precision, options.Precision == GraphPrecision.Half ? "float16" : "float32");
    }

    private IReadOnlyList<Node> NodesOf(PlannedGraph part) => graph.NodesFor(part.Outputs.Select(output => output.Value), part.Input.Value);

    private JsonObject WidthsOf(Subnet subnet, IEnumerable<Node> nodes)
    {
        var used = nodes.SelectMany(node => node.Inputs.Append(node.Name)).Select(value => graph.ShapeOf(value).Axis).ToHashSet();
        return new(graph.Definition.Axes
            .Where(axis => axis.IsElastic && used.Contains(axis.Name))
            .Select(axis => KeyValuePair.Create(axis.Name, (JsonNode?)JsonValue.Create(subnet.WidthOn(axis)))));
    }

    private JsonObject Describe(Subnet subnet) => new()
    {
        ["name"] = subnet.Name,
        ["madds"] = CostModel.Of(graph, subnet).MAdds,
        ["widths"] = WidthsOf(subnet, graph.NodesFor([graph.Definition.Logits])),
    };

    private static JsonObject Describe(OperatingPoint point) => new()
    {
        ["targetCost"] = point.TargetCost,
        ["offsets"] = new JsonArray([.. point.Offsets.Select(offset => JsonValue.Create(offset))]),
    };

    private static string Describe(Preprocessing preprocessing) => new JsonObject
    {
        ["scale"] = preprocessing.Scale,
        ["mean"] = new JsonArray([.. preprocessing.Mean.Select(mean => JsonValue.Create(mean))]),
        ["std"] = new JsonArray([.. preprocessing.Std.Select(std => JsonValue.Create(std))]),
    }.ToJsonString();

    private static string List(IEnumerable<JsonNode?> items) => new JsonArray([.. items]).ToJsonString();
}
