using System.Text.Json.Nodes;
using Google.Protobuf;
using Slimmable.Export;
using Slimmable.Export.Onnx;
using static Slimmable.Export.FindingRules;
using static Slimmable.Export.OnnxParts;

namespace Slimmable.Cli.Tests;

/// <summary>One fault of a bundle, and the one id that <c>validate</c> must give it.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Rule">What it must be found as, and as nothing else.</param>
/// <param name="Break">Does it.</param>
internal sealed record BundleFault(string Name, FindingRule Rule, Action<EditableBundle> Break);

/// <summary>The ways in which a bundle of <c>ds-mbnet-fashion-quick</c> with all its graphs is broken. One fault, one id.</summary>
internal static class BundleFaults
{
    private const string Gate = "gate.onnx";
    private const string Tail = "subnet-uniform-1.onnx";
    private const string Full = "full-uniform-1.onnx";
    private const string Routed = "routed.onnx";
    private const string Golden = "golden.safetensors";

    /// <summary>A model's field 20, which inference does not need and our checker passes over: a message of one byte that is none.</summary>
    private static readonly byte[] BrokenTrainingInfo = [0xA2, 0x01, 0x01, 0xFF];

    public static IReadOnlyList<BundleFault> All { get; } =
    [
        new("no manifest", ManifestUnreadable, bundle => File.Delete(bundle.PathOf("manifest.json"))),
        new("empty manifest", ManifestUnreadable, bundle => File.WriteAllText(bundle.PathOf("manifest.json"), "")),
        new("manifest that is no JSON", ManifestUnreadable, bundle => bundle.ManifestText("formatVersion: 1")),
        new("manifest with a member twice", ManifestUnreadable, bundle => bundle.ManifestText("""{ "formatVersion": 1, "formatVersion": 1 }""")),
        new("manifest that is a list", FormatVersion, bundle => bundle.ManifestText("[]")),
        new("later format", FormatVersion, bundle => bundle.Manifest(manifest => manifest["formatVersion"] = 2)),
        new("format without version", FormatVersion, bundle => bundle.Manifest(manifest => manifest.Remove("formatVersion"))),
        new("member missing", Schema, bundle => bundle.Manifest(manifest => manifest.Remove("tool"))),
        new("unknown member", Schema, bundle => bundle.Manifest(manifest => manifest["colour"] = "red")),
        new("number as text", Schema, bundle => bundle.Manifest(manifest => manifest["subnets"]![0]!["madds"] = "1")),
        new("negative cost", Schema, bundle => bundle.Manifest(manifest => manifest["subnets"]![0]!["madds"] = -1)),
        new("number beyond 64 bits", Schema, bundle => bundle.Manifest(manifest => manifest["subnets"]![0]!["madds"] = JsonNode.Parse("1e30"))),
        new("accuracy above 100", Schema, bundle => bundle.Manifest(manifest => manifest["subnets"]![0]!["top1"] = 101)),
        new("file in another folder", Schema, bundle => bundle.Manifest(manifest => manifest["files"]![0]!["name"] = "../gate.onnx")),
        new("hash in capitals", Schema, bundle => bundle.Manifest(manifest => manifest["files"]![0]!["sha256"] = new string('A', 64))),
        new("unknown layout", Schema, bundle => bundle.Manifest(manifest => manifest["layout"] = "folded")),
        new("input of two dimensions", Schema, bundle => bundle.Manifest(manifest => manifest["input"]!["shape"] = new JsonArray(28, 28))),
        new("subnet without a tail", Schema, bundle => bundle.Manifest(manifest => manifest["subnets"]![0]!["tail"] = null)),
        new("scores of the gate not declared", ManifestRule, bundle => bundle.Manifest(manifest => manifest["gateLogits"] = null)),
        new("labels of other classes", ManifestRule, bundle => bundle.Manifest(manifest => manifest["labels"] = new JsonArray("one"))),
        new("file listed twice", ManifestRule, bundle => bundle.Manifest(manifest => manifest["files"]!.AsArray().Add(manifest["files"]![0]!.DeepClone()))),
        new("preprocessing of other channels", ManifestRule, bundle => bundle.Manifest(manifest => manifest["preprocessing"] = JsonNode.Parse("""{ "scale": 1, "mean": [0, 0], "std": [1, 1] }"""))),
        new("dear before cheap", SubnetOrder, bundle => bundle.Manifest(manifest => Swap(manifest["subnets"]!.AsArray(), 0, 1))),
        new("candidate missing", Candidates, bundle => bundle.Manifest(manifest => manifest["gate"]!["candidates"]!.AsArray().RemoveAt(2))),
        new("candidate that is no subnet", Candidates, bundle => bundle.Manifest(manifest => manifest["gate"]!["candidates"]![2] = "uniform-9")),
        new("file referred to and not listed", Unlisted, bundle => RemoveWhole(bundle, Full)),
        new("later opset in the manifest", ManifestVersions, bundle => bundle.Manifest(manifest => manifest["opset"] = 18)),
        new("file missing", FileMissing, bundle => File.Delete(bundle.PathOf(Tail))),
        new("file longer", FileSize, bundle => File.AppendAllText(bundle.PathOf(Golden), "more")),
        new("one bit flipped", FileHash, bundle => Flip(bundle.PathOf(Golden))),
        new("folder in a file's place", FileOutside, bundle => ReplaceByFolder(bundle.PathOf(Gate))),
        new("file besides", FileUnknown, bundle => File.WriteAllText(bundle.PathOf("notes.txt"), "mine")),
        new("folder besides", FileUnknown, bundle => Directory.CreateDirectory(bundle.PathOf("old"))),
        new("manifest edited", FindingRules.ManifestHash, bundle => File.AppendAllText(bundle.PathOf("manifest.json"), " ")),
        new("manifest's hash missing", FindingRules.ManifestHash, bundle => File.Delete(bundle.PathOf("manifest.sha256"))),
        new("graph that is none", NoModel, bundle => bundle.Replace(Gate, "not a graph"u8.ToArray())),
        new("older IR", ModelVersions, bundle => bundle.WholeModel(Full, model => model.IrVersion = 7)),
        new("later opset", ModelVersions, bundle => bundle.WholeModel(Tail, model => model.OpsetImport[0].Version = 18)),
        new("graph without name", GraphParts, bundle => bundle.Model(Gate, graph => graph.ClearName())),
        new("node's name twice", GraphNames, bundle => bundle.Model(Tail, graph => graph.Node[1].Name = graph.Node[0].Name)),
        new("node before what it reads", GraphOrder, bundle => bundle.Model(Full, graph => MoveToEnd(graph, 0))),
        new("unknown operator", UnknownOperator, bundle => bundle.Model(Full, graph => graph.Node[1].OpType = "Mish")),
        new("input too many", NodePorts, bundle => bundle.Model(Full, graph => graph.Node.First(node => node.OpType == "Flatten").Input.Add("input"))),
        new("unknown attribute", NodeAttribute, bundle => bundle.Model(Full, graph => graph.Node[0].Attribute.Add(Integer("storage", 1)))),
        new("weight of doubles", ElementTypes, bundle => bundle.Model(Gate, graph => graph.Initializer[0].DataType = 11)),
        new("group that does not divide", Shapes, bundle => bundle.Model(Full, graph => graph.Node[0].Attribute.Single(attribute => attribute.Name == "group").I = 7)),
        new("value declared of another shape", Declarations, bundle => bundle.Model(Tail, graph => graph.ValueInfo[0].Type.TensorType.Shape.Dim[1].DimValue++)),
        new("weight for nothing", Unread, bundle => bundle.Model(Tail, graph => graph.Initializer.Add(Tensor("spare", [1], 1)))),
        new("weight cut off", WeightData, bundle => bundle.Model(Gate, graph => graph.Initializer[0].RawData = ByteString.CopyFrom(graph.Initializer[0].RawData.Span[4..]))),
        new("weight that is not finite", WeightNumbers, bundle => bundle.Model(Tail, graph => EditableBundle.Add(graph.Initializer[0], float.NaN))),
        new("weight in a file outside", FindingRules.ExternalData, bundle => bundle.Model(Full, graph => MoveOutside(graph.Initializer[0]))),
        new("graph in another's place", GraphPorts, bundle => bundle.Replace(Tail, File.ReadAllBytes(bundle.PathOf(Full)))),
        new("branch with an input", Branches, bundle => bundle.Model(Routed, graph => Branch(graph).Input.Add(graph.Input[0].Clone()))),
        new("broken part that only the engine reads", EngineRefuses, bundle => bundle.Replace(Full, [.. File.ReadAllBytes(bundle.PathOf(Full)), .. BrokenTrainingInfo])),
        new("place that is only there when the model runs", EngineFails, bundle =>
        {
            bundle.BeforeOutput(
                Full,
                Node("ArgMax", "fault/class", ["before"], "fault/class", Integer("axis", 1)),
                Node("Gather", "fault/places", ["fault/table", "fault/class"], "fault/places"),
                Node("Cast", "fault/floats", ["fault/places"], "fault/floats", Integer("to", 1)),
                Node("Add", "fault/add", ["before", "fault/floats"], "logits"));
            bundle.Model(Full, graph => graph.Initializer.Add(Tensor("fault/table", [1], 0)));
        }),
        new("golden samples that are none", GoldenUnreadable, bundle => bundle.Replace(Golden, "nothing"u8.ToArray())),
        new("golden tensor missing", GoldenTensor, bundle => bundle.Golden(tensors => tensors.Remove("gate_logits"))),
        new("golden tensor of another shape", GoldenTensor, bundle => bundle.Golden(tensors => tensors["logits.uniform-1"] = ([1, 20], tensors["logits.uniform-1"].Values))),
        new("golden number that is not finite", GoldenTensor, bundle => bundle.Golden(tensors => tensors["input"].Values[3] = float.PositiveInfinity)),
        new("other weights in a tail", Answers, bundle => bundle.Model(Tail, graph => EditableBundle.Add(graph.Initializer[^1], 0.01f))),
        new("other weights in a standalone graph", Answers, bundle => bundle.Model(Full, graph => EditableBundle.Add(graph.Initializer[0], 0.01f))),
        new("other scores of the gate", Answers, bundle => bundle.Golden(tensors => AddToAll(tensors["gate_logits"].Values, 0.01f))),
        new("other answers of the trainer", Answers, bundle => bundle.Golden(tensors => tensors["logits.uniform-2"].Values[5] += 0.1f)),
        new("an activation changed", Answers, bundle => bundle.Model(Full, graph => graph.Node.First(node => node.OpType == "Relu").OpType = "Sigmoid")),
        new("rows sent elsewhere", Routes, bundle => bundle.Model(Routed, graph => Rotate(graph.Initializer.Single(tensor => tensor.Name == "route/subnets")))),
        new("one multiply-add too many", SubnetMAdds, bundle => AddTo(bundle, "madds", 1)),
        new("multiply-adds too few", SubnetMAdds, bundle => AddTo(bundle, "madds", -100_000)),
        new("a million parameters too many", SubnetParameters, bundle => AddTo(bundle, "parameters", 1_000_000)),
        new("half of the parameters missing", SubnetParameters, bundle => AddTo(bundle, "parameters", -30_000)),
        new("the gate's multiply-adds", GateMAdds, bundle => bundle.Manifest(manifest => manifest["gate"]!["madds"] = (long)manifest["gate"]!["madds"]! + 1)),
    ];

    private static void Swap(JsonArray list, int first, int second)
    {
        var (here, there) = (list[first]!.DeepClone(), list[second]!.DeepClone());
        (list[first], list[second]) = (there, here);
    }

    private static void RemoveWhole(EditableBundle bundle, string file)
    {
        File.Delete(bundle.PathOf(file));
        bundle.Manifest(manifest => manifest["files"]!.AsArray().Remove(manifest["files"]!.AsArray().Single(item => (string)item!["name"]! == file)));
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 0x01;
        File.WriteAllBytes(path, bytes);
    }

    private static void ReplaceByFolder(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
    }

    private static void MoveToEnd(GraphProto graph, int index)
    {
        var node = graph.Node[index];
        graph.Node.RemoveAt(index);
        graph.Node.Add(node);
    }

    private static void MoveOutside(TensorProto weight)
    {
        var length = weight.RawData.Length;
        weight.ClearRawData();
        weight.DataLocation = TensorProto.Types.DataLocation.External;
        weight.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "../weights" });
        weight.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "0" });
        weight.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{length}" });
    }

    private static GraphProto Branch(GraphProto graph) => graph.Node.First(node => node.OpType == "If").Attribute[0].G;

    private static void Rotate(TensorProto places)
    {
        var bytes = places.RawData.ToByteArray();
        places.RawData = ByteString.CopyFrom([.. bytes[sizeof(long)..], .. bytes[..sizeof(long)]]);
    }

    private static void AddToAll(float[] values, float number)
    {
        foreach (ref var value in values.AsSpan())
        {
            value += number;
        }
    }

    private static void AddTo(EditableBundle bundle, string member, long number) => bundle.Manifest(manifest =>
        manifest["subnets"]![2]![member] = (long)manifest["subnets"]![2]![member]! + number);
}
