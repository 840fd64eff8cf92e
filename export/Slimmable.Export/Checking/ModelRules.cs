using Slimmable.Export.Onnx;
using static Slimmable.Export.FindingList;

namespace Slimmable.Export;

/// <summary>What holds for a whole file of a bundle: its versions, its graph, and what enters and leaves.</summary>
internal static class ModelRules
{
    /// <summary>The other name of ONNX's own domain, which is the empty one.</summary>
    public const string OnnxDomain = "ai.onnx";

    /// <summary>The version of the file format that bundles have.</summary>
    public const int IrVersion = 8;

    /// <summary>The version of the operators that bundles use.</summary>
    public const int Opset = 17;

    /// <summary>Lists what is wrong in a scope's findings.</summary>
    public static void Check(ModelProto model, PromisedGraph promised, ModelScope scope)
    {
        var findings = scope.Findings;
        findings.Require(model.IrVersion == IrVersion, FindingRules.ModelVersions, $"ir_version: expected {IrVersion}, found {model.IrVersion}");
        var opsets = string.Join(", ", model.OpsetImport.Take(8).Select(opset => $"{Quote(opset.Domain)} {opset.Version}"));
        findings.Require(
            model.OpsetImport.Count == 1 && model.OpsetImport[0].Domain is "" or OnnxDomain && model.OpsetImport[0].Version == Opset,
            FindingRules.ModelVersions,
            $"opset_import: expected ONNX's own operators {Opset}, found {(opsets.Length == 0 ? "none" : opsets)}");
        findings.Require(model.Functions.Count == 0, FindingRules.ModelVersions, "functions: expected none");
        if (!findings.Require(model.Graph is not null, FindingRules.GraphParts, "graph: expected one, found none"))
        {
            return;
        }

        new GraphCheck(model.Graph!, scope).Run();
        scope.External.CheckRanges();
        foreach (var name in scope.Unread)
        {
            findings.Add(FindingRules.Unread, $"value {Quote(name)}: nothing reads it");
        }

        CheckPorts("input", model.Graph!.Input, promised.Inputs, findings);
        CheckPorts("output", model.Graph.Output, promised.Outputs, findings);
    }

    private static void CheckPorts(string what, IReadOnlyList<ValueInfoProto> found, IReadOnlyList<PromisedTensor>? expected, FindingList findings)
    {
        if (expected is null)
        {
            return;
        }

        foreach (var port in found.Where(port => expected.All(tensor => tensor.Name != port.Name)))
        {
            findings.Add(FindingRules.GraphPorts, $"{what} {Quote(port.Name)}: expected {string.Join(", ", expected.Select(tensor => $"'{tensor.Name}'"))}");
        }

        foreach (var tensor in expected)
        {
            var port = found.FirstOrDefault(port => port.Name == tensor.Name)?.Type?.TensorType;
            var shape = port?.Shape is { } declared ? TensorShape.Of(declared) : null;
            var fits = port?.ElemType == (int)tensor.Type && shape is { Rank: > 0 } && shape[0].Symbol is not null
                && shape.Lengths.Skip(1).SequenceEqual(tensor.Shape.Select(length => new Length(length)));
            var foundText = port is null ? "no such one" : $"{OnnxTypes.Of(port.ElemType)?.Text() ?? "another type"} {shape?.ToString() ?? "without a shape"}";
            findings.Require(fits, FindingRules.GraphPorts, $"{what} '{tensor.Name}': expected {tensor}, found {foundText}");
        }
    }
}
