using System.Text.Json;

namespace Slimmable.Models.Tests;

public class GraphJsonTests
{
    public static TheoryData<string> Presets => [.. Architectures.Names];

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_comes_back_from_JSON_as_it_went(string preset)
    {
        var json = Write(Architectures.Build(preset).Definition);

        Assert.Equal(json, Write(SupernetGraph.Create(Read(json)).Definition));
    }

    [Fact]
    public void Every_node_comes_back_from_JSON_as_it_went()
    {
        var json = Write(EveryNode.Graph.Definition);

        Assert.Equal(EveryNode.Graph.Nodes, Read(json).Nodes);
        Assert.Equal(json, Write(Read(json)));
    }

    [Fact]
    public void The_JSON_is_the_format_that_documents_describe()
    {
        const string Expected =
            """
            {"name":"one","input":{"name":"input","channels":"image","height":2,"width":1},
            "axes":[{"name":"image","sizes":[1]},{"name":"body","sizes":[2,4]}],
            "nodes":[{"op":"conv2d","kind":"depthwise","in":"image","out":"image","kernel":1,"stride":1,"padding":0,"bias":false,"input":"input","name":"conv"},
            {"op":"activation","kind":"hardSwish","input":"conv","name":"swish"}],
            "logits":"swish","subnets":[{"name":"narrow","routable":true,"indices":{"body":0}}],
            "gates":[{"name":"gate","features":"conv","logits":"swish","candidates":["narrow"]}]}
            """;
        var definition = new GraphDefinition(
            "one",
            new ImageInput("input", "image", Height: 2, Width: 1),
            [new("image", [1]), new("body", [2, 4])],
            [
                new Conv2dNode("conv", "input", ConvolutionKind.Depthwise, "image", "image", Kernel: 1, Stride: 1, Padding: 0, Bias: false),
                new ActivationNode("swish", "conv", ActivationKind.HardSwish),
            ],
            "swish",
            [new("narrow", Routable: true, new Dictionary<string, int> { ["body"] = 0 })],
            [new("gate", "conv", "swish", ["narrow"])]);

        Assert.Equal(Expected.ReplaceLineEndings(""), Write(definition));
    }

    private static string Write(GraphDefinition definition) => JsonSerializer.Serialize(definition, ModelsJson.Default.GraphDefinition);

    private static GraphDefinition Read(string json) => JsonSerializer.Deserialize(json, ModelsJson.Default.GraphDefinition)!;
}
