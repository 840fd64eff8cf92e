using Slimmable.Export.Onnx;
using Slimmable.Models;
using static Slimmable.Export.FaultList;

namespace Slimmable.Export;

/// <summary>What holds for a whole file of a bundle: its versions, its graph, and what enters and leaves.</summary>
internal static class ModelRules
{
    /// <summary>The other name of ONNX's own domain, which is the empty one.</summary>
    public const string OnnxDomain = "ai.onnx";

    /// <summary>ONNX's number for 32-bit floats.</summary>
    public const int Float = 1;

    /// <summary>The version of the file format that bundles have.</summary>
    public const int IrVersion = 8;

    /// <summary>The version of the operators that bundles use.</summary>
    public const int Opset = 17;

    /// <summary>Lists what is wrong.</summary>
    public static IReadOnlyList<string> FaultsOf(ModelProto model, IReadOnlyList<BundleTensor>? inputs, IReadOnlyList<BundleTensor>? outputs)
    {
        var faults = new FaultList();
        faults.Require(model.IrVersion == IrVersion, $"ir_version: expected {IrVersion}, found {model.IrVersion}");
        var opsets = string.Join(", ", model.OpsetImport.Take(8).Select(opset => $"{Quote(opset.Domain)} {opset.Version}"));
        faults.Require(
            model.OpsetImport.Count == 1 && model.OpsetImport[0].Domain is "" or OnnxDomain && model.OpsetImport[0].Version == Opset,
            $"opset_import: expected ONNX's own operators {Opset}, found {(opsets.Length == 0 ? "none" : opsets)}");
        faults.Require(model.Functions.Count == 0, "functions: expected none");
        if (model.Graph is { } graph)
        {
            new GraphCheck(graph, faults).Run();
            CheckPorts("input", graph.Input, inputs, faults);
            CheckPorts("output", graph.Output, outputs, faults);
        }
        else
        {
            faults.Add("graph: expected one, found none");
        }

        return faults.Lines;
    }

    private static void CheckPorts(string what, IReadOnlyList<ValueInfoProto> found, IReadOnlyList<BundleTensor>? expected, FaultList faults)
    {
        if (expected is null)
        {
            return;
        }

        foreach (var port in found.Where(port => expected.All(tensor => tensor.Name != port.Name)))
        {
            faults.Add($"{what} {Quote(port.Name)}: expected {string.Join(", ", expected.Select(tensor => $"'{tensor.Name}'"))}");
        }

        foreach (var tensor in expected)
        {
            var port = found.FirstOrDefault(port => port.Name == tensor.Name);
            var shape = port?.Type?.TensorType?.Shape is { } declared ? TensorShape.Of(declared) : null;
            var fits = shape is { Rank: > 0 } && shape[0].Symbol is not null
                && shape.Lengths.Skip(1).SequenceEqual(tensor.Shape.Select(length => new Length(length)));
            var foundText = port is null ? "no such one" : shape?.ToString() ?? "no such shape";
            faults.Require(fits, $"{what} '{tensor.Name}': expected a named batch and [{string.Join(", ", tensor.Shape)}], found {foundText}");
        }
    }
}
