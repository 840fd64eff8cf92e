using Slimmable.Export.Onnx;
using static Slimmable.Export.FaultList;
using static Slimmable.Export.Onnx.AttributeProto.Types;

namespace Slimmable.Export;

/// <summary>Checks one node against the operator it names.</summary>
internal static class NodeCheck
{
    /// <summary>Lists what is wrong, and yields the shape of the node's output where the node is right and its inputs' shapes are known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">The shapes of what it reads, without what is left out.</param>
    /// <param name="constants">Which of them are initializers.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static TensorShape? Run(NodeProto node, IReadOnlyList<TensorShape?> inputs, IReadOnlyList<TensorProto?> constants, FaultList faults)
    {
        var what = $"node {Quote(node.Name)}";
        if (!faults.Require(node.Domain is "" or ModelRules.OnnxDomain, $"{what}: expected ONNX's own operators, found the domain {Quote(node.Domain)}")
            || !OperatorTable.All.TryGetValue(node.OpType, out var rule))
        {
            faults.Require(OperatorTable.All.ContainsKey(node.OpType), $"{what}: unknown operator {Quote(node.OpType)}");
            return null;
        }

        var fits = faults.Require(
            node.Input.Count >= rule.LeastInputs && node.Input.Count <= rule.MostInputs,
            $"{what}: expected {rule.LeastInputs} to {rule.MostInputs} inputs of {node.OpType}, found {node.Input.Count}");
        fits &= faults.Require(node.Output.Count == 1, $"{what}: expected 1 output of {node.OpType}, found {node.Output.Count}");
        foreach (var attribute in node.Attribute)
        {
            fits &= CheckAttribute(attribute, rule, what, faults);
        }

        var names = node.Attribute.Select(attribute => attribute.Name).Distinct();
        fits &= faults.Require(names.Count() == node.Attribute.Count, $"{what}: an attribute is given twice");
        return fits && inputs.All(shape => shape is not null) ? Infer(new NodeView(node, [.. inputs.OfType<TensorShape>()], constants), rule, what, faults) : null;
    }

    private static TensorShape? Infer(NodeView node, Operator rule, string what, FaultList faults)
    {
        try
        {
            return rule.Shape(node);
        }
        catch (FormatException fault)
        {
            faults.Add($"{what}: {fault.Message}");
        }
        catch (OverflowException)
        {
            faults.Add($"{what}: the size of its output overflows");
        }

        return null;
    }

    private static bool CheckAttribute(AttributeProto attribute, Operator rule, string what, FaultList faults)
    {
        if (!faults.Require(rule.Attributes.TryGetValue(attribute.Name, out var type), $"{what}: unexpected attribute {Quote(attribute.Name)}"))
        {
            return false;
        }

        var holds = attribute.Type == type && attribute.RefAttrName.Length == 0 && type switch
        {
            AttributeType.Int => attribute.HasI,
            AttributeType.Float => attribute.HasF && float.IsFinite(attribute.F),
            AttributeType.Ints => attribute.Ints.Count > 0,
            AttributeType.String => attribute.HasS,
            _ => false,
        };
        return faults.Require(holds, $"{what}: expected {type} in attribute {Quote(attribute.Name)}, found {attribute.Type} or no value");
    }
}
