using System.Text;
using System.Text.Json;
using Slimmable.Export.Onnx;
using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>Triton's <c>config.pbtxt</c>: a message <c>ModelConfig</c> in the text format of protocol buffers.</summary>
internal static class TritonConfig
{
    public const string File = "config.pbtxt";
    public const string LabelFile = "labels.txt";

    /// <summary>The first line; a folder whose configuration begins so is one that an export may replace.</summary>
    public const string Mark = "# Written by slimmable export; the next export replaces this folder.";

    /// <summary>Describes a graph.</summary>
    /// <param name="manifest">Of the bundle that it is from.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="maxBatch">The most inputs in a batch.</param>
    public static string Of(BundleManifest manifest, GraphProto graph, int maxBatch)
    {
        var text = new StringBuilder($$"""
            {{Mark}}
            name: {{Quoted(manifest.Model)}}
            platform: "onnxruntime_onnx"
            backend: "onnxruntime"
            max_batch_size: {{maxBatch}}
            dynamic_batching { }
            version_policy { latest { num_versions: 1 } }
            instance_group { kind: KIND_AUTO count: 1 }

            """);
        foreach (var input in graph.Input.Select(ServedTensor.Of))
        {
            text.Append($"input {{ {Describe(input)} }}\n");
        }

        foreach (var output in graph.Output.Select(ServedTensor.Of))
        {
            var labels = output.Name == manifest.Logits.Name && manifest.Labels is not null ? $" label_filename: {Quoted(LabelFile)}" : "";
            text.Append($"output {{ {Describe(output)}{labels} }}\n");
        }

        foreach (var (key, value) in Parameters(manifest, graph))
        {
            text.Append($"parameters {{ key: {Quoted(key)} value {{ string_value: {Quoted(value)} }} }}\n");
        }

        return text.ToString();
    }

    /// <summary>Triton has no tensors of no dimensions: one number an input is declared as a list of one, and reshaped.</summary>
    private static string Describe(ServedTensor tensor)
    {
        var shape = tensor.Shape.Count > 0 ? $"dims: [ {string.Join(", ", tensor.Shape)} ]" : "dims: [ 1 ] reshape { shape: [] }";
        return $"name: {Quoted(tensor.Name)} data_type: {NameOf(tensor)} {shape}";
    }

    private static string NameOf(ServedTensor tensor) => tensor.Type switch
    {
        TensorProto.Types.DataType.Float => "TYPE_FP32",
        TensorProto.Types.DataType.Float16 => "TYPE_FP16",
        TensorProto.Types.DataType.Int64 => "TYPE_INT64",
        TensorProto.Types.DataType.Uint8 => "TYPE_UINT8",
        _ => throw new SlimmableException($"'{tensor.Name}': no served model has elements of type {tensor.Type}"),
    };

    /// <summary>What a client cannot see from the tensors. The server hands it out with the configuration and makes nothing of it.</summary>
    private static IEnumerable<(string Key, string Value)> Parameters(BundleManifest manifest, GraphProto graph)
    {
        yield return ("slimmable.tool", manifest.Tool);
        if (graph.Output.Any(output => output.Name == BundleFormat.SubnetIndex))
        {
            yield return ("slimmable.subnets", JsonSerializer.Serialize(manifest.Subnets.Select(subnet => subnet.Name)));
        }

        if (manifest is { Input.Type: NumberType.F32, Preprocessing: { } preprocessing })
        {
            yield return ("slimmable.preprocessing", JsonSerializer.Serialize(preprocessing, JsonSerializerOptions.Web));
        }
    }

    /// <summary>A string as the text format takes it, everything but plain ASCII as its bytes.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in Encoding.UTF8.GetBytes(text))
        {
            quoted.Append(character switch
            {
                (byte)'"' or (byte)'\\' => $"\\{(char)character}",
                >= 0x20 and < 0x7f => $"{(char)character}",
                _ => $"\\{Convert.ToString(character, 8).PadLeft(3, '0')}",
            });
        }

        return quoted.Append('"').ToString();
    }
}
