using Google.Protobuf;
using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary>
/// A width's graph as a framework's own exporter writes it: batch normalization folded, but an attention's pooling as a mean over dimensions, its factors
/// broadcast, and its hidden channels as many as the architecture says. What our passes are measured against.
/// </summary>
internal static class PlainLowering
{
    /// <summary>Writes the graph from input to logits.</summary>
    public static void Write(string path, Checkpoint checkpoint, Subnet subnet)
    {
        var graph = checkpoint.Graph;
        var sliced = new SubnetSlicer(checkpoint, subnet).Slice("plain", (PortNames.Input, graph.Input.Name), (PortNames.Logits, graph.Definition.Logits));
        var lowered = OnnxLowering.Lower(FoldBatchNorm.Apply(RemoveIdentity.Apply(sliced)));
        foreach (var node in lowered.Node.Where(node => node.OpType == "GlobalAveragePool"))
        {
            node.OpType = "ReduceMean";
            node.Attribute.Add(OnnxParts.Integers("axes", 2, 3));
            node.Attribute.Add(OnnxParts.Integer("keepdims", 1));
        }

        using var stream = File.Create(path);
        OnnxModel.Of(lowered, "plain", "1").WriteTo(stream);
    }
}
