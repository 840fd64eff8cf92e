using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>The trainer's answers as a bundle holds them.</summary>
/// <param name="Input">What the trainer was asked.</param>
/// <param name="GateLogits"><c>[N, candidates]</c>; empty where there is no gate.</param>
/// <param name="Logits">By subnet, <c>[N, classes]</c>.</param>
internal sealed record GoldenTensors(Samples Input, float[] GateLogits, IReadOnlyDictionary<string, float[]> Logits)
{
    /// <summary>How many inputs there are.</summary>
    public int Count => (int)Input.Shape[0];

    /// <summary>Reads a bundle's golden samples.</summary>
    /// <param name="path">The file.</param>
    /// <param name="manifest">The bundle's manifest.</param>
    /// <param name="findings">Gets what is wrong.</param>
    /// <returns>The samples; null where something is wrong.</returns>
    public static GoldenTensors? Read(string path, BundleManifest manifest, List<Finding> findings)
    {
        try
        {
            using var golden = SafetensorsFile.Open(path);
            var reader = new Reader(golden, Path.GetFileName(path), findings);
            var count = golden.Tensors.TryGetValue(BundleFormat.GoldenInput, out var entry) && entry.Shape is [> 0 and <= int.MaxValue, ..] ? entry.Shape[0] : 1;
            long[] shape = [count, .. manifest.Input.Shape];
            var fits = manifest.Input.Type == NumberType.U8 ? reader.Has(BundleFormat.GoldenInput, TensorType.U8, shape) : reader.Read(BundleFormat.GoldenInput, shape) is not null;
            var input = fits ? new Samples(golden.Bytes(BundleFormat.GoldenInput), shape) : null;
            var gate = manifest.GateLogits is { } scores ? reader.Read(BundleFormat.GoldenGateLogits, [count, .. scores.Shape]) : [];
            var logits = manifest.Subnets.ToDictionary(subnet => subnet.Name, subnet => reader.Read(BundleFormat.GoldenLogits(subnet.Name), [count, .. manifest.Logits.Shape]));
            return input is null || gate is null || logits.ContainsValue(null) ? null : new(input, gate, logits!);
        }
        catch (InvalidFileException fault)
        {
            findings.Add(FindingRules.GoldenUnreadable.At(Path.GetFileName(path), fault.Reason));
            return null;
        }
    }

    private sealed class Reader(SafetensorsFile golden, string file, List<Finding> findings)
    {
        /// <summary>Whether there is a tensor of a type and shape.</summary>
        public bool Has(string name, TensorType type, IReadOnlyList<long> shape)
        {
            if (golden.Tensors.TryGetValue(name, out var entry) && entry.Type == type && entry.Shape.SequenceEqual(shape))
            {
                return true;
            }

            var found = entry is null ? "none" : $"{entry.TypeName} {entry.ShapeText}";
            findings.Add(FindingRules.GoldenTensor.At(file, $"tensor '{name}': expected {type} [{string.Join(", ", shape)}], found {found}"));
            return false;
        }

        /// <summary>A tensor of finite floats, or null.</summary>
        public float[]? Read(string name, IReadOnlyList<long> shape)
        {
            if (!Has(name, TensorType.F32, shape))
            {
                return null;
            }

            var values = golden.Singles(name);
            if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var bad)
            {
                findings.Add(FindingRules.GoldenTensor.At(file, $"tensor '{name}': expected finite numbers, found {values[bad]} at element {bad}"));
                return null;
            }

            return values;
        }
    }
}
