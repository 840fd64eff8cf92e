namespace Slimmable.Models.Tests;

/// <summary>A network with every operator, two widths after its stem, and no gate.</summary>
internal static class EveryNode
{
    public static SupernetGraph Graph { get; } = Build();

    private static SupernetGraph Build()
    {
        var graph = new GraphBuilder("every-node", channels: 3, height: 12, width: 9);
        graph.Axis("stem", 6);
        graph.Axis("body", 4, 8);
        graph.Axis("classes", 10);
        graph.Conv("stem", graph.Input, graph.InputChannels, "stem", kernel: 3, stride: 1, bias: true);
        graph.Activation("stem.swish", "stem", ActivationKind.Swish);
        graph.Conv("widen", "stem.swish", "stem", "body");
        graph.Add(new Conv2dNode("depthwise", "widen", ConvolutionKind.Depthwise, "body", "body", Kernel: 5, Stride: 2, Padding: 2, Bias: true));
        graph.Norm("shared", "depthwise", "body");
        graph.Add(new BatchNormNode("private", "shared", "body", AffineSharing.Private, Epsilon: 1e-3, Momentum: 0.01));
        graph.Add(new GlobalAveragePoolNode("squeeze", "private"));
        graph.Add(new MultiplyNode("scale", "private", "squeeze"));
        graph.Add(new AddNode("residual", "scale", "shared"));
        graph.Add(new AveragePoolNode("average", "residual", Kernel: 2, Stride: 1, Padding: 0));
        graph.Add(new MaxPoolNode("max", "average", Kernel: 3, Stride: 2, Padding: 1));
        graph.Add(new FlattenNode("flatten", "max"));
        graph.Add(new DropoutNode("dropout", "flatten", Rate: 0.25));
        graph.Add(new LinearNode("linear", "dropout", "body", "classes"));
        graph.Subnet("narrow", routable: true, _ => 0);
        graph.Subnet("wide", routable: true, _ => 1);
        return graph.Build("linear");
    }
}
