namespace Slimmable.Models.Tests;

/// <summary>The manifest of a bundle of the tiny network, with everything a manifest can say.</summary>
internal static class TinyManifest
{
    public static BundleManifest SharedTrunk { get; } = new(
        FormatVersion: 1,
        Tool: "slimmable 0.1.0",
        Model: "tiny",
        DataSet: "tiny-mnist",
        BundleLayout.SharedTrunk,
        Opset: 17,
        IrVersion: 8,
        Input: new("input", [1, 4, 6]),
        Logits: new("logits", [3]),
        Features: new("features", [2, 4, 6]),
        GateLogits: new("gate_logits", [2]),
        new Preprocessing(1.0 / 255, [0.2860], [0.3530]),
        Labels: ["a", "b", "ß"],
        Subnets:
        [
            new("narrow", MAdds: 732, Parameters: 57, Top1: 80.5, Tail: "subnet-narrow.onnx", Full: "full-narrow.onnx"),
            new("wide", MAdds: 1032, Parameters: 85, Top1: null, Tail: "subnet-wide.onnx", Full: null),
        ],
        new BundleGate("gate.onnx", MAdds: 52, ["narrow", "wide"], RoutingPolicyKind.Argmax, [new OperatingPoint(0.5, [0, 0]), new OperatingPoint(0.25, [0.75f, -1.5f])]),
        Routed: null,
        Golden: "golden.safetensors",
        Files:
        [
            File("full-narrow.onnx"), File("gate.onnx"), File("golden.safetensors"), File("subnet-narrow.onnx"), File("subnet-wide.onnx"),
        ]);

    /// <summary>One subnet, no gate, and nothing that can be left out.</summary>
    public static BundleManifest Standalone { get; } = new(
        1, "slimmable 0.1.0", "tiny", null, BundleLayout.Standalone, 17, 8, new("input", [1, 4, 6]), new("logits", [3]), null, null, null, null,
        [new("only", 732, 57, Full: "full-only.onnx")], null, null, null, [File("full-only.onnx")]);

    public static BundleFile File(string name) => new(name, Bytes: 5, new string('a', 64));
}
