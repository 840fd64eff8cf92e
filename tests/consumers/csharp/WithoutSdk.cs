using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Slimmable.Consumers;

/// <summary>A bundle that was exported with <c>--routed</c>, with nothing but ONNX Runtime.</summary>
public static class WithoutSdk
{
    /// <summary>Classifies images.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="images"><c>[N, C, H, W]</c>, preprocessed.</param>
    /// <param name="shape">Those four numbers.</param>
    /// <returns>For each image its class, and the subnet that answered.</returns>
    public static List<(string Label, string Subnet)> Classify(string bundle, float[] images, long[] shape)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(bundle, "manifest.json")));
        var manifest = document.RootElement;
        var (labels, subnets) = (manifest.GetProperty("labels"), manifest.GetProperty("subnets"));

        using var session = new InferenceSession(Path.Combine(bundle, manifest.GetProperty("routed").GetString()!));
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(images, shape);
        using var outputs = session.Run(options, ["input"], [input], ["logits", "subnet_index"]);

        var rows = outputs[0].GetTensorDataAsSpan<float>().ToArray().Chunk(labels.GetArrayLength());
        var indices = outputs[1].GetTensorDataAsSpan<long>().ToArray();
        return [.. rows.Zip(indices, (logits, index) => (labels[logits.IndexOf(logits.Max())].GetString()!, subnets[(int)index].GetProperty("name").GetString()!))];
    }
}
