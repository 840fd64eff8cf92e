using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Cli.Tests;

/// <summary>A bundle to be damaged. Where nothing else is said every hash is made to fit again, as somebody would who wants it to pass.</summary>
internal sealed class EditableBundle(string folder)
{
    public string Folder => folder;

    public string PathOf(string file) => Path.Combine(folder, file);

    /// <summary>Edits the manifest.</summary>
    public void Manifest(Action<JsonObject> edit)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(PathOf(BundleFormat.ManifestFile)))!.AsObject();
        edit(manifest);
        ManifestText(manifest.ToJsonString());
    }

    /// <summary>Replaces the manifest.</summary>
    public void ManifestText(string text)
    {
        File.WriteAllText(PathOf(BundleFormat.ManifestFile), text);
        ManifestHash.Write(folder);
    }

    /// <summary>Replaces a file.</summary>
    public void Replace(string file, byte[] content) => BundleCopy.Replace(folder, file, content);

    /// <summary>Edits an ONNX file.</summary>
    public void Model(string file, Action<GraphProto> edit) => WholeModel(file, model => edit(model.Graph));

    /// <inheritdoc cref="Model"/>
    public void WholeModel(string file, Action<ModelProto> edit)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(PathOf(file)));
        edit(model);
        Replace(file, model.ToByteArray());
    }

    /// <summary>Edits the golden tensors: each has its shape and its numbers.</summary>
    public void Golden(Action<Dictionary<string, (long[] Shape, float[] Values)>> edit)
    {
        Dictionary<string, (long[] Shape, float[] Values)> tensors;
        using (var golden = SafetensorsFile.Open(PathOf(BundleFormat.GoldenFile)))
        {
            tensors = golden.Tensors.ToDictionary(tensor => tensor.Key, tensor => (tensor.Value.Shape.ToArray(), golden.Singles(tensor.Key)));
        }

        edit(tensors);
        var path = PathOf(BundleFormat.GoldenFile);
        SafetensorsWriter.Write(path, tensors.Select(tensor => TensorData.Of(tensor.Key, tensor.Value.Values.AsSpan(), [.. tensor.Value.Shape])));
        Replace(BundleFormat.GoldenFile, File.ReadAllBytes(path));
    }

    /// <summary>Puts nodes between the last node and the graph's first output: the last node now makes <c>before</c>.</summary>
    public void BeforeOutput(string file, params IReadOnlyList<NodeProto> nodes) => Model(file, graph =>
    {
        graph.Node[^1].Output[0] = "before";
        graph.Node.AddRange(nodes);
    });

    /// <summary>Adds to every number of a weight.</summary>
    public static void Add(TensorProto weight, float number)
    {
        var values = MemoryMarshal.Cast<byte, float>(weight.RawData.Span).ToArray();
        weight.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.Select(value => value + number).ToArray().AsSpan()));
    }
}
