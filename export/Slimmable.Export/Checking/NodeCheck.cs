using Slimmable.Export.Onnx;
using static Slimmable.Export.FindingList;
using static Slimmable.Export.Onnx.AttributeProto.Types;

namespace Slimmable.Export;

/// <summary>Checks one node against the operator it names.</summary>
internal static class NodeCheck
{
    /// <summary>Lists what is wrong, and yields what is known of the node's output where the node is right and its inputs are known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">What it reads, without what is left out; null where an earlier fault leaves that open.</param>
    /// <param name="constants">Which of them are initializers.</param>
    /// <param name="branches">What the node's graphs give.</param>
    /// <param name="findings">Gets what is wrong.</param>
    public static TensorFacts? Run(
        NodeProto node,
        IReadOnlyList<TensorFacts?> inputs,
        IReadOnlyList<TensorProto?> constants,
        IReadOnlyDictionary<string, IReadOnlyList<TensorFacts>> branches,
        FindingList findings)
    {
        var what = $"node {Quote(node.Name)}";
        if (!findings.Require(
                node.Domain is "" or ModelRules.OnnxDomain,
                FindingRules.UnknownOperator,
                $"{what}: expected ONNX's own operators, found the domain {Quote(node.Domain)}")
            || !OperatorTable.All.TryGetValue(node.OpType, out var rule))
        {
            findings.Require(OperatorTable.All.ContainsKey(node.OpType), FindingRules.UnknownOperator, $"{what}: unknown operator {Quote(node.OpType)}");
            return null;
        }

        var most = rule.MostInputs == int.MaxValue ? "any number of" : $"{rule.MostInputs}";
        var fits = findings.Require(
            node.Input.Count >= rule.LeastInputs && node.Input.Count <= rule.MostInputs,
            FindingRules.NodePorts,
            $"{what}: expected {rule.LeastInputs} to {most} inputs of {node.OpType}, found {node.Input.Count}");
        fits &= findings.Require(node.Output.Count == 1, FindingRules.NodePorts, $"{what}: expected 1 output of {node.OpType}, found {node.Output.Count}");
        foreach (var attribute in node.Attribute)
        {
            fits &= CheckAttribute(attribute, rule, what, findings);
        }

        var names = node.Attribute.Select(attribute => attribute.Name).Distinct();
        fits &= findings.Require(names.Count() == node.Attribute.Count, FindingRules.NodeAttribute, $"{what}: an attribute is given twice");
        return fits && inputs.All(input => input is not null)
            ? Infer(new NodeView(node, [.. inputs.OfType<TensorFacts>()], constants, branches), rule, what, findings)
            : null;
    }

    private static TensorFacts? Infer(NodeView node, Operator rule, string what, FindingList findings)
    {
        try
        {
            var output = rule.Output(node);
            NodeView.Require(output.Shape.Rank <= TensorShape.MostDimensions, $"expected at most {TensorShape.MostDimensions} dimensions, found {output.Shape.Rank}");
            return output;
        }
        catch (NodeFaultException fault)
        {
            findings.Add(fault.Rule, $"{what}: {fault.Message}");
        }
        catch (OverflowException)
        {
            findings.Add(FindingRules.Shapes, $"{what}: the size of its output overflows");
        }

        return null;
    }

    private static bool CheckAttribute(AttributeProto attribute, Operator rule, string what, FindingList findings)
    {
        if (!findings.Require(
            rule.Attributes.TryGetValue(attribute.Name, out var type), FindingRules.NodeAttribute, $"{what}: unexpected attribute {Quote(attribute.Name)}"))
        {
            return false;
        }

        var holds = attribute.Type == type && attribute.RefAttrName.Length == 0 && type switch
        {
            AttributeType.Int => attribute.HasI,
            AttributeType.Float => attribute.HasF && float.IsFinite(attribute.F),
            AttributeType.Ints => attribute.Ints.Count > 0,
            AttributeType.String => attribute.HasS,
            AttributeType.Tensor => attribute.T is not null,
            AttributeType.Graph => attribute.G is not null,
            _ => false,
        };
        return findings.Require(
            holds, FindingRules.NodeAttribute, $"{what}: expected {type} in attribute {Quote(attribute.Name)}, found {attribute.Type} or no value");
    }
}
