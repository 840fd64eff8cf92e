using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export.Tests;

public sealed class MetadataWriterTests : IDisposable
{
    private static readonly CheckpointInfo Info = new()
    {
        DataSet = "none",
        Labels = ["a", "b", "c", "ß"],
        Preprocessing = new Preprocessing(0.5, [0.25, 0], [1, 2]),
        OperatingPoints = [new OperatingPoint(0.5, [0, 0]), new OperatingPoint(0.25, [0.75f, -1.5f])],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_gate_says_what_its_scores_stand_for() => Assert.Equal(
        [
            ("slimmable.format", "1"),
            ("slimmable.producer", "tool 9.8"),
            ("slimmable.model", "every-operator"),
            ("slimmable.dataset", "none"),
            ("slimmable.role", "gate"),
            ("slimmable.madds", "2400"),
            ("slimmable.widths", """{"stem.out":3}"""),
            ("slimmable.subnets", """[{"name":"narrow","madds":3540,"widths":{"stem.out":3,"width":2}},{"name":"middle","madds":4812,"widths":{"stem.out":3,"width":4}},{"name":"wide","madds":6084,"widths":{"stem.out":3,"width":6}}]"""),
            ("slimmable.candidates", """["narrow","wide"]"""),
            ("slimmable.operating_points", """[{"targetCost":0.5,"offsets":[0,0]},{"targetCost":0.25,"offsets":[0.75,-1.5]}]"""),
            ("slimmable.input_type", "float32"),
            ("slimmable.input_layout", "nchw"),
            ("slimmable.preprocessing", """{"scale":0.5,"mean":[0.25,0],"std":[1,2]}"""),
            ("slimmable.precision", "float32"),
        ],
        PropsOf(Export(new ExportOptions { Tool = "tool", ToolVersion = "9.8" })["gate.onnx"]));

    [Fact]
    public void A_tail_names_its_subnet_and_its_classes() => Assert.Equal(
        [
            "slimmable.format 1", "slimmable.model every-operator", "slimmable.dataset none", "slimmable.role tail", "slimmable.subnet wide",
            """slimmable.widths {"stem.out":3,"width":6}""", """slimmable.labels ["a","b","c","\u00DF"]""", "slimmable.precision float32",
        ],
        PropsOf(Export(new ExportOptions())["subnet-wide.onnx"]).Where(prop => prop.Key is not (GraphMetadata.Producer or GraphMetadata.MAdds)).Select(prop => $"{prop.Key} {prop.Value}"));

    [Fact]
    public void Gate_and_tail_cost_together_what_a_routed_image_does_and_a_full_graph_what_its_subnet_does()
    {
        var models = Export(new ExportOptions { Full = true });
        var graph = TinyGraphs.EveryOperator();
        long Of(string file) => long.Parse(Prop(models[file], GraphMetadata.MAdds)!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.All(graph.Routable, subnet =>
        {
            var cost = CostModel.Of(graph, subnet).MAdds;
            Assert.Equal(cost + CostModel.OfGate(graph, graph.Gate!).MAdds, Of("gate.onnx") + Of($"subnet-{subnet.Name}.onnx"));
            Assert.Equal(cost, Of($"full-{subnet.Name}.onnx"));
        });
    }

    [Fact]
    public void A_graph_that_routes_knows_its_subnets_and_has_no_cost_of_its_own()
    {
        var model = Export(new ExportOptions { Routed = true, BakePreprocessing = ImageLayout.Nhwc, Precision = GraphPrecision.Half })["routed.onnx"];

        Assert.Equal(
            ["format", "producer", "model", "dataset", "role", "subnets", "candidates", "input_type", "input_layout", "preprocessing", "labels", "precision"],
            PropsOf(model).Select(prop => prop.Key["slimmable.".Length..]));
        Assert.Equal(
            ("routed", "uint8", "nhwc", "float16"),
            (Prop(model, GraphMetadata.Role), Prop(model, GraphMetadata.InputType), Prop(model, GraphMetadata.InputLayout), Prop(model, GraphMetadata.Precision)));
    }

    [Fact]
    public void Every_graph_and_everything_that_enters_and_leaves_is_told_in_words()
    {
        var models = Export(new ExportOptions { Full = true, Routed = true });
        var ports = models.Values.SelectMany(model => model.Graph.Input.Concat(model.Graph.Output)).ToList();

        Assert.Equal(8, models.Count);
        Assert.All(models.Values, model => Assert.StartsWith("The ", model.DocString.Replace("every-operator with", "The", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(models.Values, model => Assert.NotEmpty(model.Graph.DocString));
        Assert.All(ports, port => Assert.Contains("[N", port.DocString, StringComparison.Ordinal));
        Assert.Equal(5, ports.Select(port => port.DocString).Distinct().Count());
        Assert.Contains("(pixel * scale - mean[c]) / std[c]", models["gate.onnx"].Graph.Input[0].DocString, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_not_said()
    {
        BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.AwkwardNames()) with { Info = new() }, folder.File("bundle"), new ExportOptions());
        var model = Read("full-wide.onnx");

        Assert.Equal(
            ["format", "producer", "model", "role", "subnet", "madds", "widths", "input_type", "input_layout", "precision"],
            PropsOf(model).Select(prop => prop.Key["slimmable.".Length..]));
        Assert.Contains("which the file does not know", model.Graph.Input[0].DocString, StringComparison.Ordinal);
        Assert.DoesNotContain("labels", model.Graph.Output[0].DocString, StringComparison.Ordinal);
    }

    private Dictionary<string, ModelProto> Export(ExportOptions options)
    {
        BundleExporter.Export(RandomCheckpoint.Of(TinyGraphs.EveryOperator()) with { Info = Info }, folder.File("bundle"), options);
        return Directory.GetFiles(folder.File("bundle"), "*.onnx").ToDictionary(file => Path.GetFileName(file), file => Read(Path.GetFileName(file)));
    }

    private ModelProto Read(string file) => ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder.File("bundle"), file)));

    private static IEnumerable<(string Key, string Value)> PropsOf(ModelProto model) => model.MetadataProps.Select(prop => (prop.Key, prop.Value));

    private static string? Prop(ModelProto model, string key) => model.MetadataProps.SingleOrDefault(prop => prop.Key == key)?.Value;
}
