using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;
using static Slimmable.Export.FindingList;

namespace Slimmable.Export;

/// <summary>Compares two ONNX files: metadata, graphs, weights. Nodes and weights are held against those of the same name, wherever they stand.</summary>
public static class ModelDiff
{
    /// <summary>A node with its inputs and attributes takes more room than a name.</summary>
    private const int LongestWord = 512;

    /// <summary>Compares two files.</summary>
    /// <param name="left">The first ONNX file.</param>
    /// <param name="right">The second.</param>
    /// <returns>Every difference; empty where a consumer can see none.</returns>
    /// <exception cref="InvalidFileException">A file, or one that it keeps weights in, is missing, unreadable or not what it should be.</exception>
    public static IReadOnlyList<Difference> Compare(string left, string right)
    {
        ArgumentException.ThrowIfNullOrEmpty(left);
        ArgumentException.ThrowIfNullOrEmpty(right);
        var (first, second) = (ModelFile.Read(left), ModelFile.Read(right));
        var file = Path.GetFileName(left);
        var (firstGraphs, secondGraphs) = (GraphsIn(first.Graph).ToList(), GraphsIn(second.Graph).ToList());
        return
        [
            .. Table(file, "metadata", "", MetadataOf(first), MetadataOf(second)),
            .. Table(file, "graph", "", PortsOf(first.Graph), PortsOf(second.Graph)),
            .. Table(file, "graph", "node ", NodesOf(firstGraphs), NodesOf(secondGraphs)),
            .. Weights(file, left, WeightsOf(firstGraphs), right, WeightsOf(secondGraphs)),
        ];
    }

    /// <summary>What one table has and the other has not or otherwise.</summary>
    internal static IEnumerable<Difference> Table(
        string file, string part, string kind, IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right)
    {
        foreach (var key in left.Keys.Union(right.Keys))
        {
            var (first, second) = (left.GetValueOrDefault(key), right.GetValueOrDefault(key));
            if (first != second)
            {
                yield return new(file, part, $"{kind}{Clean(key)}: {Word(first)} in the first, {Word(second)} in the second");
            }
        }
    }

    private static string Word(string? text) => text is null ? "none" : Clean(text, LongestWord);

    private static Dictionary<string, string> MetadataOf(ModelProto model)
    {
        var table = new Dictionary<string, string>
        {
            ["ir_version"] = $"{model.IrVersion}",
            ["opset_import"] = string.Join(", ", model.OpsetImport.Select(opset => $"'{opset.Domain}' {opset.Version}")),
            ["producer"] = $"{model.ProducerName} {model.ProducerVersion}",
            ["domain"] = model.Domain,
            ["model_version"] = $"{model.ModelVersion}",
            ["doc_string"] = model.DocString,
        };
        foreach (var entry in model.MetadataProps)
        {
            table[$"metadata_props '{entry.Key}'"] = $"'{entry.Value}'";
        }

        return table;
    }

    private static Dictionary<string, string> PortsOf(GraphProto? graph)
    {
        var table = new Dictionary<string, string> { ["name"] = graph?.Name ?? "none", ["doc_string"] = graph?.DocString ?? "" };
        foreach (var (what, ports) in new[] { ("input", graph?.Input), ("output", graph?.Output) })
        {
            foreach (var port in ports ?? [])
            {
                table[$"{what} '{port.Name}'"] = $"{port.Type}";
            }
        }

        return table;
    }

    /// <summary>A graph and those that its nodes hold. Names are unique over all of them.</summary>
    private static IEnumerable<GraphProto> GraphsIn(GraphProto? graph) => graph is null
        ? []
        : graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.G is not null).SelectMany(attribute => GraphsIn(attribute.G)).Prepend(graph);

    private static Dictionary<string, string> NodesOf(IEnumerable<GraphProto> graphs)
    {
        var table = new Dictionary<string, string>();
        foreach (var node in graphs.SelectMany(graph => graph.Node))
        {
            var attributes = node.Attribute.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $"{attribute.Name}={ValueOf(attribute)}");
            table[$"'{node.Name}'"] = $"{node.OpType}({string.Join(", ", node.Input.Concat(attributes))}) to {string.Join(", ", node.Output)}";
        }

        return table;
    }

    private static string ValueOf(AttributeProto attribute) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Int => $"{attribute.I}",
        AttributeProto.Types.AttributeType.Float => $"{attribute.F}",
        AttributeProto.Types.AttributeType.Ints => $"[{string.Join(", ", attribute.Ints)}]",
        AttributeProto.Types.AttributeType.String => $"'{attribute.S.ToStringUtf8()}'",
        AttributeProto.Types.AttributeType.Graph => $"graph '{attribute.G?.Name}' to {string.Join(", ", attribute.G?.Output.Select(output => output.Name) ?? [])}",
        _ => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(attribute.ToByteArray()))[..16],
    };

    private static Dictionary<string, TensorProto> WeightsOf(IEnumerable<GraphProto> graphs)
    {
        var table = new Dictionary<string, TensorProto>();
        foreach (var tensor in graphs.SelectMany(graph => graph.Initializer))
        {
            table[tensor.Name] = tensor;
        }

        return table;
    }

    private static IEnumerable<Difference> Weights(
        string file, string leftPath, Dictionary<string, TensorProto> left, string rightPath, Dictionary<string, TensorProto> right)
    {
        foreach (var name in left.Keys.Union(right.Keys))
        {
            var (first, second) = (left.GetValueOrDefault(name), right.GetValueOrDefault(name));
            var (here, there) = (FormOf(first), FormOf(second));
            if (here != there)
            {
                yield return new(file, "weights", $"{Quote(name)}: {here} in the first, {there} in the second");
            }
            else if (WeightDiff.Between(new WeightBytes(leftPath, first!), new WeightBytes(rightPath, second!)) is { } difference)
            {
                yield return new(file, "weights", $"{Quote(name)}: {difference}");
            }
        }
    }

    private static string FormOf(TensorProto? tensor) =>
        tensor is null ? "none" : $"{OnnxTypes.Of(tensor.DataType)?.Text() ?? $"type {tensor.DataType}"} [{string.Join(", ", tensor.Dims)}]";
}
