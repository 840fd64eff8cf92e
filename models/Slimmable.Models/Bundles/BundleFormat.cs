namespace Slimmable.Models;

/// <summary>Names and numbers of the bundle format; the manifest's own shape is <see cref="BundleManifest"/>.</summary>
public static class BundleFormat
{
    /// <summary>The version this library writes and reads.</summary>
    public const int Version = 1;

    /// <summary>The manifest's file name.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>The file of the manifest's own hash, see <see cref="ManifestHash"/>.</summary>
    public const string ManifestHashFile = "manifest.sha256";

    /// <summary>The trunk and gate, or the gate alone.</summary>
    public const string GateFile = "gate.onnx";

    /// <summary>The gate and all that it chooses from, in one graph.</summary>
    public const string RoutedFile = "routed.onnx";

    /// <summary>The trainer's own answers.</summary>
    public const string GoldenFile = "golden.safetensors";

    /// <summary>The tensor of golden inputs, <c>[N, C, H, W]</c>.</summary>
    public const string GoldenInput = "input";

    /// <summary>The tensor of golden gate scores, <c>[N, candidates]</c>.</summary>
    public const string GoldenGateLogits = "gate_logits";

    /// <summary>The output of <see cref="RoutedFile"/> that says who answered: 64-bit integers <c>[N]</c>, places in <see cref="BundleManifest.Subnets"/>.</summary>
    public const string SubnetIndex = "subnet_index";

    /// <summary>What <see cref="DataFile"/> puts behind a graph's file name.</summary>
    public const string DataSuffix = ".data";

    /// <summary>The largest manifest that is read, in bytes.</summary>
    public const long LargestManifest = 4 << 20;

    /// <summary>The file of a subnet's tail, which starts from the trunk's features.</summary>
    public static string TailFile(string subnet) => $"subnet-{subnet}.onnx";

    /// <summary>The file of a subnet's standalone graph.</summary>
    public static string FullFile(string subnet) => $"full-{subnet}.onnx";

    /// <summary>The file beside a graph's that holds its large weights, where they are more than an ONNX file takes.</summary>
    public static string DataFile(string graph) => $"{graph}{DataSuffix}";

    /// <summary>The tensor of a subnet's golden logits, <c>[N, classes]</c>.</summary>
    public static string GoldenLogits(string subnet) => $"logits.{subnet}";
}
