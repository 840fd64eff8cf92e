using System.Security.Cryptography;
using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>A bundle of a few bytes. Its graphs are none: opening a bundle does not look into them.</summary>
internal static class SmallBundle
{
    public static IReadOnlyDictionary<string, byte[]> Files { get; } = new Dictionary<string, byte[]>
    {
        ["gate.onnx"] = [1, 2, 3, 4, 5, 6, 7, 8],
        ["full-narrow.onnx"] = [.. Enumerable.Range(0, 200).Select(value => (byte)value)],
        ["full-wide.onnx"] = [.. Enumerable.Range(0, 255).Select(value => (byte)(255 - value))],
        ["golden.safetensors"] = [9],
    };

    public static BundleManifest Manifest { get; } = new(
        1,
        "slimmable 0.1.0",
        "small",
        "none",
        BundleLayout.Standalone,
        17,
        8,
        new("input", [1, 4, 6]),
        new("logits", [3]),
        null,
        new("gate_logits", [2]),
        new Preprocessing(0.5, [0.25], [0.5]),
        ["a", "b", "c"],
        [new("narrow", 732, 57, 80.5, Full: "full-narrow.onnx"), new("wide", 1032, 85, Full: "full-wide.onnx")],
        new BundleGate("gate.onnx", 52, ["narrow", "wide"], RoutingPolicyKind.Argmax, [new(0.5, [0, 0])]),
        Routed: null,
        "golden.safetensors",
        [.. Files.Select(file => Describe(file.Key, file.Value))]);

    public static BundleFile Describe(string name, byte[] content) => new(name, content.Length, HashOf(content));

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
