using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.TensorProto.Types;
using static Slimmable.Export.OnnxParts;

namespace Slimmable.Export;

/// <summary>
/// Puts a gate and the tails it chooses from into one graph, so that one session routes. For each candidate in turn, the rows that chose it are gathered, run
/// through its tail, and scattered into the logits; the branch of an <c>If</c> holds the tail, so a width that nobody chose costs nothing. A tail's
/// weights stand in its branch: ONNX Runtime prepares only a graph's own weights for its blocked layout.
/// </summary>
internal static class RoutedLowering
{
    private const string Choice = "route/choice";
    private const string Subnets = "route/subnets";
    private const string Start = "route/start";
    private const string None = "route/none";

    /// <summary>Lowers the graph.</summary>
    /// <param name="name">The graph's.</param>
    /// <param name="gate">From the input to the features and the gate's scores.</param>
    /// <param name="tails">From the features to the logits, in the order of the scores.</param>
    /// <param name="data">Where large weights go; null for the graph itself.</param>
    /// <returns>A graph from the input to <c>logits</c> <c>[N, classes]</c> and <c>subnet_index</c> <c>[N]</c>.</returns>
    /// <exception cref="Slimmable.Models.SlimmableException">A weight is not finite.</exception>
    public static GraphProto Lower(string name, PlainNetwork gate, IReadOnlyList<RoutedTail> tails, ExternalData? data = null)
    {
        var logits = tails[0].Network.Outputs[0];
        var graph = OnnxLowering.Lower(gate, data: data);
        graph.Name = name;
        graph.ValueInfo.AddRange(graph.Output);
        graph.Output.Clear();
        graph.Output.Add(Value(logits.Name, OnnxFormat.Batch, logits.Shape));
        graph.Output.Add(Value(PortNames.SubnetIndex, DataType.Int64, Dimension(OnnxFormat.Batch)));
        AddChoice(graph, tails);
        AddStart(graph, logits);
        graph.Initializer.Add(Tensor(None, [], 0));
        foreach (var (candidate, tail) in tails.Index())
        {
            var last = candidate == tails.Count - 1;
            AddCandidate(graph, tail, candidate == 0 ? Start : $"route/{tails[candidate - 1].Name}/logits", last ? logits.Name : $"route/{tail.Name}/logits", last, data);
        }

        return graph;
    }

    /// <summary>The largest score, the first of equals, and the place among the bundle's subnets of the candidate that it stands for.</summary>
    private static void AddChoice(GraphProto graph, IReadOnlyList<RoutedTail> tails)
    {
        graph.Node.Add(Node("ArgMax", Choice, [PortNames.GateLogits], Choice, Integer("axis", 1), Integer("keepdims", 0)));
        graph.ValueInfo.Add(Value(Choice, DataType.Int64, Dimension(OnnxFormat.Batch)));
        graph.Initializer.Add(Tensor(Subnets, [tails.Count], [.. tails.Select(tail => (long)tail.Index)]));
        graph.Node.Add(Node("Gather", PortNames.SubnetIndex, [Subnets, Choice], PortNames.SubnetIndex, Integer("axis", 0)));
    }

    /// <summary>Logits of zero, for the candidates to write theirs into.</summary>
    private static void AddStart(GraphProto graph, Port logits)
    {
        const string Rows = "route/rows";
        const string Classes = "route/classes";
        const string Shape = "route/shape";
        graph.Initializer.Add(Tensor(Classes, [1], logits.Shape[0]));
        graph.Node.Add(Node("Shape", Rows, [Choice], Rows));
        graph.Node.Add(Node("Concat", Shape, [Rows, Classes], Shape, Integer("axis", 0)));
        graph.Node.Add(Node("ConstantOfShape", Start, [Shape], Start));
        graph.ValueInfo.Add(Value(Rows, DataType.Int64, Dimension(1)));
        graph.ValueInfo.Add(Value(Shape, DataType.Int64, Dimension(2)));
        graph.ValueInfo.Add(Value(Start, OnnxFormat.Batch, logits.Shape));
    }

    private static void AddCandidate(GraphProto graph, RoutedTail tail, string before, string after, bool isOutput, ExternalData? data)
    {
        string Part(string what) => $"route/{tail.Name}/{what}";
        var batch = Part("rows");
        graph.Initializer.Add(Tensor(Part("index"), [], tail.Index));
        graph.Node.Add(Node("Equal", Part("chosen"), [PortNames.SubnetIndex, Part("index")], Part("chosen")));
        graph.Node.Add(Node("NonZero", Part("places"), [Part("chosen")], Part("places")));
        graph.Node.Add(Node("Transpose", Part("rows"), [Part("places")], Part("rows"), Integers("perm", 1, 0)));
        graph.Node.Add(Node("Size", Part("count"), [Part("rows")], Part("count")));
        graph.Node.Add(Node("Greater", Part("any"), [Part("count"), None], Part("any")));
        graph.Node.Add(Node(
            "If", Part("if"), [Part("any")], after, Graph("then_branch", Answered(tail, batch, before, data)), Graph("else_branch", PassedBy(tail, before))));
        graph.ValueInfo.Add(Value(Part("chosen"), DataType.Bool, Dimension(OnnxFormat.Batch)));
        graph.ValueInfo.Add(Value(Part("places"), DataType.Int64, Dimension(1), Dimension(batch)));
        graph.ValueInfo.Add(Value(Part("rows"), DataType.Int64, Dimension(batch), Dimension(1)));
        graph.ValueInfo.Add(Value(Part("count"), DataType.Int64));
        graph.ValueInfo.Add(Value(Part("any"), DataType.Bool));
        if (!isOutput)
        {
            graph.ValueInfo.Add(Value(after, OnnxFormat.Batch, tail.Network.Outputs[0].Shape));
        }
    }

    /// <summary>The rows' features through the tail, and into the logits.</summary>
    private static GraphProto Answered(RoutedTail tail, string batch, string before, ExternalData? data)
    {
        var branch = OnnxLowering.Lower(tail.Network, $"subnet/{tail.Name}/", batch, data);
        var (rows, features, answers) = ($"route/{tail.Name}/rows", branch.Input[0], branch.Output[0]);
        branch.Node.Insert(0, Node("GatherND", $"route/{tail.Name}/gather", [PortNames.Features, rows], features.Name));
        branch.ValueInfo.Insert(0, features);
        branch.ValueInfo.Add(answers);
        branch.Input.Clear();
        branch.Output.Clear();
        AddOutput(branch, tail, Node("ScatterND", $"route/{tail.Name}/scatter", [before, rows, answers.Name], $"route/{tail.Name}/answered"));
        return branch;
    }

    private static GraphProto PassedBy(RoutedTail tail, string before)
    {
        var branch = new GraphProto { Name = $"{tail.Network.Name}/none" };
        AddOutput(branch, tail, Node("Identity", $"route/{tail.Name}/pass", [before], $"route/{tail.Name}/passed"));
        return branch;
    }

    private static void AddOutput(GraphProto branch, RoutedTail tail, NodeProto last)
    {
        branch.Node.Add(last);
        branch.Output.Add(Value(last.Output[0], OnnxFormat.Batch, tail.Network.Outputs[0].Shape));
    }
}
