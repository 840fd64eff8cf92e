using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>The doc strings of a model, its graph, and what enters and leaves: what a viewer shows to somebody who has only the file.</summary>
internal static class GraphWords
{
    /// <summary>Adds them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The network's name.</param>
    /// <param name="planned">What the model is.</param>
    /// <param name="input">The bundle's input.</param>
    /// <param name="info">What is known of the network.</param>
    public static void Add(ModelProto model, string name, PlannedFile planned, BundleInput input, CheckpointInfo info)
    {
        model.DocString = $"{Summary(name, planned)} A width-adaptive network; metadata_props say more, under 'slimmable.'.";
        model.Graph.DocString = Use(planned);
        foreach (var port in model.Graph.Input.Concat(model.Graph.Output))
        {
            port.DocString = Of(port.Name, input, info);
        }
    }

    private static string Summary(string name, PlannedFile planned) => planned switch
    {
        PlannedRouting => $"{name} with its gate: every image goes through the trunk, and on through the subnet that the gate chooses for it.",
        PlannedGraph { Outputs.Count: > 1 } => $"The trunk and the gate of {name}: every image goes through them first.",
        PlannedGraph part when GraphRoles.HasGate(part) => $"The gate of {name}: it chooses a subnet for every image.",
        PlannedGraph part when GraphRoles.TakesImages(part) => $"The subnet {part.Subnet.Name} of {name}, from image to answer.",
        PlannedGraph part => $"The subnet {part.Subnet.Name} of {name}, from where the trunk ends.",
        _ => throw new NotSupportedException($"no words for {planned.GetType().Name}"),
    };

    private static string Use(PlannedFile planned) => planned switch
    {
        PlannedRouting => "Each row of a batch is routed by itself.",
        PlannedGraph { Outputs.Count: > 1 } =>
            "The largest score of a row, the first of equals, stands for one of slimmable.candidates; the row's features go into that subnet's graph.",
        PlannedGraph part when GraphRoles.HasGate(part) =>
            "The largest score of a row, the first of equals, stands for one of slimmable.candidates; the image goes into that subnet's graph.",
        PlannedGraph part when GraphRoles.TakesImages(part) => "Needs neither the gate nor another graph.",
        _ => "Takes the features of any row from the graph of trunk and gate.",
    };

    private static string Of(string port, BundleInput input, CheckpointInfo info) => port switch
    {
        PortNames.Input when input.Type == NumberType.U8 =>
            $"Raw pixels {(input.Layout == ImageLayout.Nhwc ? "[N, H, W, C]" : "[N, C, H, W]")}, uint8, 0 to 255. The graph preprocesses them by slimmable.preprocessing.",
        PortNames.Input when info.Preprocessing is not null =>
            "Images [N, C, H, W], float32: (pixel * scale - mean[c]) / std[c] for each channel c, by slimmable.preprocessing.",
        PortNames.Input => "Images [N, C, H, W], float32, preprocessed as for training, which the file does not know.",
        PortNames.Features => "What the trunk makes of each image, [N, C, H, W], float32, any range; for this network's tails only.",
        PortNames.GateLogits => "A score for each candidate, [N, candidates], float32, any range, in the order of slimmable.candidates.",
        PortNames.Logits =>
            $"A score for each class, [N, classes], float32, any range{(info.Labels is null ? "" : ", in the order of slimmable.labels")}; the largest wins. "
            + "A softmax makes them parts of 1.",
        PortNames.SubnetIndex => "Which subnet answered each image, [N], int64: its place in slimmable.subnets, from 0.",
        _ => throw new NotSupportedException($"no words for '{port}'"),
    };
}
