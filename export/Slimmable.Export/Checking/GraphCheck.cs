using Slimmable.Export.Onnx;
using static Slimmable.Export.FaultList;

namespace Slimmable.Export;

/// <summary>Checks one graph: walks its nodes as they stand and works out every value's shape on the way.</summary>
internal sealed class GraphCheck(GraphProto graph, FaultList faults)
{
    /// <summary>What can be read so far, with its shape, or null where an earlier fault leaves that open.</summary>
    private readonly Dictionary<string, TensorShape?> values = [];
    private readonly Dictionary<string, TensorProto> constants = [];
    private readonly HashSet<string> read = [];

    /// <summary>Lists what is wrong.</summary>
    public void Run()
    {
        faults.Require(graph.Name.Length > 0, "graph: expected a name, found none");
        faults.Require(graph.SparseInitializer.Count == 0, "graph: expected dense initializers, found sparse ones");
        faults.Require(graph.Input.Count > 0, "graph: expected an input, found none");
        faults.Require(graph.Output.Count > 0, "graph: expected an output, found none");
        foreach (var input in graph.Input)
        {
            Define("input", input.Name, DeclaredShape("input", input));
        }

        foreach (var initializer in graph.Initializer)
        {
            Define("initializer", initializer.Name, InitializerCheck.Run(initializer, faults));
            constants.TryAdd(initializer.Name, initializer);
        }

        CheckNodes();
        CheckDeclarations("output", graph.Output);
        foreach (var name in graph.Output.Select(output => output.Name).Intersect(graph.Input.Select(input => input.Name)))
        {
            faults.Add($"output {Quote(name)}: expected a node's value, found an input");
        }

        CheckDeclarations("value_info", graph.ValueInfo);
        read.UnionWith(graph.Output.Select(output => output.Name));
        foreach (var name in values.Keys.Where(name => !read.Contains(name)))
        {
            faults.Add($"value {Quote(name)}: nothing reads it");
        }
    }

    private void CheckNodes()
    {
        var made = graph.Node.SelectMany(node => node.Output).ToHashSet();
        var names = new HashSet<string>();
        foreach (var node in graph.Node)
        {
            var what = $"node {Quote(node.Name)}";
            faults.Require(node.Name.Length > 0, $"node {Quote(node.OpType)}: expected a name, found none");
            faults.Require(names.Add(node.Name), $"{what}: the name is used twice");
            string[] inputs = [.. OperatorTable.InputsOf(node)];
            foreach (var input in inputs.Where(input => !values.ContainsKey(input)))
            {
                faults.Add($"{what}: reads {Quote(input)}, which {(made.Contains(input) ? "is only made later" : "nothing makes")}");
            }

            read.UnionWith(inputs);
            var shape = NodeCheck.Run(
                node, [.. inputs.Select(input => values.GetValueOrDefault(input))], [.. inputs.Select(input => constants.GetValueOrDefault(input))], faults);
            foreach (var output in node.Output)
            {
                Define(what, output, shape);
            }
        }
    }

    private void Define(string what, string name, TensorShape? shape)
    {
        faults.Require(name.Length > 0, $"{what}: expected a name for its value, found none");
        faults.Require(values.TryAdd(name, shape), $"value {Quote(name)}: the name is used twice");
    }

    private void CheckDeclarations(string what, IEnumerable<ValueInfoProto> declarations)
    {
        var names = new HashSet<string>();
        foreach (var declaration in declarations)
        {
            var (name, declared) = (Quote(declaration.Name), DeclaredShape(what, declaration));
            faults.Require(names.Add(declaration.Name), $"{what} {name}: the name is used twice");
            if (faults.Require(values.TryGetValue(declaration.Name, out var found), $"{what} {name}: nothing makes it") && found is not null && declared is not null)
            {
                faults.Require(found.IsSame(declared), $"{what} {name}: expected the shape {found} of its value, found {declared}");
            }
        }
    }

    private TensorShape? DeclaredShape(string what, ValueInfoProto declaration)
    {
        var name = $"{what} {Quote(declaration.Name)}";
        if (!faults.Require(declaration.Type?.TensorType is { ElemType: ModelRules.Float, Shape: not null }, $"{name}: expected a float tensor with a shape"))
        {
            return null;
        }

        var shape = TensorShape.Of(declaration.Type!.TensorType.Shape);
        faults.Require(shape is not null, $"{name}: expected dimensions that have a name or a length from 1 up");
        return shape;
    }
}
