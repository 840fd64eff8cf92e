using Google.Protobuf;
using Slimmable.Export.Onnx;
using static Slimmable.Export.OnnxParts;

namespace Slimmable.Export.Tests;

/// <summary>Graphs that route by themselves: branches that read the graph around them, and lengths that depend on the numbers.</summary>
public sealed class RoutedCheckTests : IDisposable
{
    private static readonly IReadOnlyList<SeededFault> Faults =
    [
        new("branch with an input", model => Then(model).Input.Add(model.Graph.Input[0].Clone()), FindingRules.Branches, "graph 'every-operator/subnet-narrow': expected no inputs of a branch, found 1"),
        new("branch missing", model => If(model).Attribute.RemoveAt(1), FindingRules.Branches, "node 'route/narrow/if': expected a graph with one output in 'else_branch', found none or one with faults"),
        new("branch that gives another shape", model => Else(model).Node[0].Input[0] = "gate_logits", FindingRules.Branches, "node 'route/narrow/if': expected branches that give the same, found float [N, 4] and float [N, 2]"),
        new("branch that reads what comes later", model => Else(model).Node[0].Input[0] = "logits", FindingRules.GraphOrder, "node 'route/narrow/pass': reads 'logits', which is only made later"),
        new("branch that hands on what is outside", model => Else(model).Output[0].Name = "route/start", FindingRules.Declarations, "output 'route/start': nothing makes it"),
        new("value of a branch read outside", model => Node(model, "route/wide/chosen").Input[0] = "route/narrow/answered", FindingRules.GraphOrder, "node 'route/wide/chosen': reads 'route/narrow/answered', which nothing makes"),
        new("one name in two graphs", model => Else(model).Node[0].Output[0] = "features", FindingRules.GraphNames, "value 'features': the name is used twice"),
        new("one node's name in two graphs", model => Else(model).Node[0].Name = "route/choice", FindingRules.GraphNames, "node 'route/choice': the name is used twice"),
        new("condition that is no bool", model => If(model).Input[0] = "route/narrow/count", FindingRules.ElementTypes, "node 'route/narrow/if': expected bool in input 0, found int64"),
        new("condition of many", model => If(model).Input[0] = "route/narrow/chosen", FindingRules.Shapes, "node 'route/narrow/if': expected one element in input 0, found [N]"),
        new("rows of another candidate", model => Then(model).Node[^1].Input[1] = "route/wide/rows", FindingRules.GraphOrder, "node 'route/narrow/scatter': reads 'route/wide/rows', which is only made later"),
        new("places that are not turned", model => Then(model).Node[0].Input[1] = "route/narrow/places", FindingRules.Shapes, "node 'route/narrow/gather': expected the places of rows, [M, 1], found [1, what 'route/narrow/places' counts] for [N, 3, 7, 6]"),
        new("as many rows as images", model => Value(model, "route/narrow/rows").Type.TensorType.Shape.Dim[0].DimParam = "N", FindingRules.Declarations, "value_info 'route/narrow/rows': expected int64 [what 'route/narrow/places' counts, 1] of its value, found int64 [N, 1]"),
        new("a place that is no subnet", model => Weight(model, "route/subnets").Dims[0] = 3, FindingRules.WeightData, "initializer 'route/subnets': its shape [3] takes 24 bytes, found 16"),
        new("choice as floats", model => Node(model, "subnet_index").Input[1] = "gate_logits", FindingRules.ElementTypes, "node 'subnet_index': expected int64 in input 1, found float"),
        new("last of equals", model => Node(model, "route/choice").Attribute.Add(Integer("select_last_index", 1)), FindingRules.Shapes, "node 'route/choice': expected select_last_index 0"),
        new("start of other classes", model => Weight(model, "route/classes").RawData = ByteString.CopyFrom(BitConverter.GetBytes(5L)), FindingRules.Declarations, "value_info 'route/start': expected float [N, 5] of its value, found float [N, 4]"),
        new("answers added up", model => Then(model).Node[^1].Attribute.Add(Text("reduction", "add")), FindingRules.Shapes, "node 'route/narrow/scatter': expected reduction 'none', found 'add'"),
        new("weight in a branch cut off", model => Then(model).Initializer[0].RawData = ByteString.Empty, FindingRules.WeightData, "initializer 'subnet/narrow/body.conv.weight': its shape [2, 3, 1, 1] takes 24 bytes, found 0"),
    ];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => [.. Faults.Select(fault => fault.Name)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_graph_that_routes_has_no_findings()
    {
        Assert.Empty(Check(Model()));
        PythonOnnx.Check([folder.File("model.onnx")]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seeded_fault_is_found(string name)
    {
        var (model, fault) = (Model(), Faults.Single(fault => fault.Name == name));
        fault.Break(model);

        Assert.Contains(fault.Rule.At("model.onnx", fault.Message), Check(model));
    }

    private static GraphProto Then(ModelProto model) => If(model).Attribute.Single(attribute => attribute.Name == "then_branch").G;

    private static GraphProto Else(ModelProto model) => If(model).Attribute.Single(attribute => attribute.Name == "else_branch").G;

    private static NodeProto If(ModelProto model) => Node(model, "route/narrow/if");

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);

    private static TensorProto Weight(ModelProto model, string name) => model.Graph.Initializer.Single(tensor => tensor.Name == name);

    private static ValueInfoProto Value(ModelProto model, string name) => model.Graph.ValueInfo.Single(value => value.Name == name);

    private ModelProto Model()
    {
        BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator()), folder.File("bundle"), new ExportOptions { Routed = true });
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder.File("bundle"), "routed.onnx")));
    }

    private IReadOnlyList<Finding> Check(ModelProto model)
    {
        File.WriteAllBytes(folder.File("model.onnx"), model.ToByteArray());
        return ModelChecker.Check(folder.File("model.onnx"));
    }
}
