using Slimmable.Export.Onnx;
using static Slimmable.Export.FindingList;

namespace Slimmable.Export;

/// <summary>Checks one graph: walks its nodes as they stand and works out what is known of every value on the way.</summary>
/// <param name="graph">The graph.</param>
/// <param name="scope">What it shares with the model's other graphs.</param>
/// <param name="outer">The graph whose node it is a branch of, or null.</param>
internal sealed class GraphCheck(GraphProto graph, ModelScope scope, GraphCheck? outer = null)
{
    private static readonly Dictionary<string, IReadOnlyList<TensorFacts>> NoBranches = [];

    /// <summary>What can be read so far, or null where an earlier fault leaves open what it is.</summary>
    private readonly Dictionary<string, TensorFacts?> values = [];
    private readonly Dictionary<string, TensorProto> constants = [];
    private readonly HashSet<string> made = [.. graph.Node.SelectMany(node => node.Output)];
    private readonly FindingList findings = scope.Findings;

    /// <summary>What the graph gives, in order; shorter where a fault leaves that open.</summary>
    public IReadOnlyList<TensorFacts> Outputs => [.. graph.Output.Select(output => values.GetValueOrDefault(output.Name)).OfType<TensorFacts>()];

    /// <summary>Lists what is wrong.</summary>
    public void Run()
    {
        findings.Require(graph.Name.Length > 0, FindingRules.GraphParts, "graph: expected a name, found none");
        findings.Require(graph.SparseInitializer.Count == 0, FindingRules.GraphParts, "graph: expected dense initializers, found sparse ones");
        findings.Require(graph.Output.Count > 0, FindingRules.GraphParts, "graph: expected an output, found none");
        CheckInputs();
        foreach (var initializer in graph.Initializer)
        {
            Define("initializer", initializer.Name, InitializerCheck.Run(initializer, scope));
            constants.TryAdd(initializer.Name, initializer);
        }

        foreach (var node in graph.Node)
        {
            CheckNode(node);
        }

        CheckDeclarations("output", graph.Output);
        foreach (var name in graph.Output.Select(output => output.Name).Intersect(graph.Input.Select(input => input.Name)))
        {
            findings.Add(FindingRules.GraphParts, $"output {Quote(name)}: expected a node's value, found an input");
        }

        CheckDeclarations("value_info", graph.ValueInfo);
        scope.Read(graph.Output.Select(output => output.Name));
    }

    private void CheckInputs()
    {
        if (outer is not null)
        {
            findings.Require(graph.Input.Count == 0, FindingRules.Branches, $"graph {Quote(graph.Name)}: expected no inputs of a branch, found {graph.Input.Count}");
            return;
        }

        findings.Require(graph.Input.Count > 0, FindingRules.GraphParts, "graph: expected an input, found none");
        foreach (var input in graph.Input)
        {
            var declared = Declared("input", input);
            Define("input", input.Name, declared);
            scope.TakeSymbols(declared?.Shape ?? new TensorShape());
        }
    }

    private void CheckNode(NodeProto node)
    {
        var what = $"node {Quote(node.Name)}";
        findings.Require(node.Name.Length > 0, FindingRules.GraphNames, $"node {Quote(node.OpType)}: expected a name, found none");
        findings.Require(scope.TakeNode(node.Name), FindingRules.GraphNames, $"{what}: the name is used twice");
        string[] inputs = [.. OperatorTable.InputsOf(node)];
        foreach (var input in inputs.Where(input => !CanRead(input)))
        {
            findings.Add(FindingRules.GraphOrder, $"{what}: reads {Quote(input)}, which {(IsMadeLater(input) ? "is only made later" : "nothing makes")}");
        }

        scope.Read(inputs);
        TensorFacts?[] facts = [.. inputs.Select(Facts)];
        TensorProto?[] tensors = [.. inputs.Select(Constant)];
        var output = NodeCheck.Run(node, facts, tensors, BranchesOf(node), findings);
        if (outer is null && output is not null)
        {
            scope.Nodes.Add(new(node, [.. facts.OfType<TensorFacts>()], tensors, output));
        }

        foreach (var name in node.Output)
        {
            Define(what, name, output);
        }
    }

    private Dictionary<string, IReadOnlyList<TensorFacts>> BranchesOf(NodeProto node)
    {
        if (node.Attribute.All(attribute => attribute.G is null))
        {
            return NoBranches;
        }

        var branches = new Dictionary<string, IReadOnlyList<TensorFacts>>();
        foreach (var attribute in node.Attribute.Where(attribute => attribute.G is not null))
        {
            var branch = new GraphCheck(attribute.G, scope, this);
            branch.Run();
            branches.TryAdd(attribute.Name, branch.Outputs);
        }

        return branches;
    }

    private bool CanRead(string name) => values.ContainsKey(name) || (outer?.CanRead(name) ?? false);

    private bool IsMadeLater(string name) => made.Contains(name) || (outer?.IsMadeLater(name) ?? false);

    private TensorFacts? Facts(string name) => values.TryGetValue(name, out var facts) ? facts : outer?.Facts(name);

    private TensorProto? Constant(string name) => constants.GetValueOrDefault(name) ?? outer?.Constant(name);

    private void Define(string what, string name, TensorFacts? facts)
    {
        findings.Require(name.Length > 0, FindingRules.GraphNames, $"{what}: expected a name for its value, found none");
        findings.Require(scope.TakeValue(name), FindingRules.GraphNames, $"value {Quote(name)}: the name is used twice");
        values.TryAdd(name, facts);
    }

    private void CheckDeclarations(string what, IEnumerable<ValueInfoProto> declarations)
    {
        var names = new HashSet<string>();
        foreach (var declaration in declarations)
        {
            var (name, declared) = (Quote(declaration.Name), Declared(what, declaration));
            findings.Require(names.Add(declaration.Name), FindingRules.GraphNames, $"{what} {name}: the name is used twice");
            if (findings.Require(values.TryGetValue(declaration.Name, out var found), FindingRules.Declarations, $"{what} {name}: nothing makes it")
                && found is not null && declared is not null)
            {
                findings.Require(
                    found.Type == declared.Type && scope.IsDeclared(found.Shape, declared.Shape),
                    FindingRules.Declarations,
                    $"{what} {name}: expected {found} of its value, found {declared}");
            }
        }
    }

    private TensorFacts? Declared(string what, ValueInfoProto declaration)
    {
        var name = $"{what} {Quote(declaration.Name)}";
        var tensor = declaration.Type?.TensorType;
        if (!findings.Require(tensor?.Shape is not null, FindingRules.Declarations, $"{name}: expected a tensor with a shape"))
        {
            return null;
        }

        var (type, shape) = (OnnxTypes.Of(tensor!.ElemType), TensorShape.Of(tensor.Shape));
        findings.Require(type is not null, FindingRules.ElementTypes, $"{name}: expected {OnnxTypes.Known}, found type {OnnxTypes.Text(tensor.ElemType)}");
        findings.Require(
            shape is not null,
            FindingRules.Shapes,
            $"{name}: expected at most {TensorShape.MostDimensions} dimensions that have a name or a length from 1 up");
        return type is { } known && shape is not null ? new(known, shape) : null;
    }
}
