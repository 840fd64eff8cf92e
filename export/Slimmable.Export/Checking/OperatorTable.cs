using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.AttributeProto.Types;

namespace Slimmable.Export;

/// <summary>An operator that a bundle's graph may use, with one output.</summary>
/// <param name="LeastInputs">Inputs it needs.</param>
/// <param name="MostInputs">Inputs it takes.</param>
/// <param name="Output">What is known of its output.</param>
/// <param name="Attributes">What it may be told, by name.</param>
internal sealed record Operator(int LeastInputs, int MostInputs, Func<NodeView, TensorFacts> Output, IReadOnlyDictionary<string, AttributeType> Attributes)
{
    public Operator(int leastInputs, int mostInputs, Func<NodeView, TensorFacts> output, params IEnumerable<(string Name, AttributeType Type)> attributes)
        : this(leastInputs, mostInputs, output, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Type))
    {
    }

    /// <summary>The place of an optional input that has to be left out, by an empty name; -1 for none.</summary>
    public int LeftOut { get; init; } = -1;
}

/// <summary>The operators of opset 17 that bundles use, with the attributes that do not change what this checker can follow.</summary>
internal static class OperatorTable
{
    private static readonly (string, AttributeType)[] Window =
        [("kernel_shape", AttributeType.Ints), ("pads", AttributeType.Ints), ("strides", AttributeType.Ints)];

    private static readonly (string, AttributeType)[] PoolWindow = [.. Window, ("ceil_mode", AttributeType.Int)];

    private static readonly (string, AttributeType) Axis = ("axis", AttributeType.Int);

    public static IReadOnlyDictionary<string, Operator> All { get; } = new Dictionary<string, Operator>
    {
        ["Add"] = new(2, 2, Floats(ShapeRules.Elementwise)),
        ["ArgMax"] = new(1, 1, ChoiceRules.ArgMax, Axis, ("keepdims", AttributeType.Int), ("select_last_index", AttributeType.Int)),
        ["AveragePool"] = new(1, 1, Floats(ShapeRules.Pool), [.. PoolWindow, ("count_include_pad", AttributeType.Int)]),
        ["BatchNormalization"] = new(
            5, 5, Floats(ShapeRules.BatchNormalization), ("epsilon", AttributeType.Float), ("momentum", AttributeType.Float), ("training_mode", AttributeType.Int)),
        ["Cast"] = new(1, 1, LayoutRules.Cast, ("to", AttributeType.Int)),
        ["Concat"] = new(1, int.MaxValue, LayoutRules.Concat, Axis),
        ["ConstantOfShape"] = new(1, 1, LayoutRules.ConstantOfShape, ("value", AttributeType.Tensor)),
        ["Conv"] = new(2, 3, Floats(ShapeRules.Conv), [.. Window, ("dilations", AttributeType.Ints), ("group", AttributeType.Int)]),
        ["Div"] = new(2, 2, Floats(ShapeRules.Elementwise)),
        ["Equal"] = new(2, 2, ChoiceRules.Equal),
        ["Expand"] = new(2, 2, LayoutRules.Expand),
        ["Flatten"] = new(1, 1, Floats(ShapeRules.Flatten), Axis),
        ["Gather"] = new(2, 2, ChoiceRules.Gather, Axis),
        ["GatherND"] = new(2, 2, ChoiceRules.GatherRows, ("batch_dims", AttributeType.Int)),
        ["Gemm"] = new(
            2,
            3,
            Floats(ShapeRules.Gemm),
            ("alpha", AttributeType.Float),
            ("beta", AttributeType.Float),
            ("transA", AttributeType.Int),
            ("transB", AttributeType.Int)),
        ["GlobalAveragePool"] = new(1, 1, Floats(ShapeRules.GlobalPool)),
        ["Greater"] = new(2, 2, ChoiceRules.Greater),
        ["HardSwish"] = new(1, 1, Floats(ShapeRules.Same)),
        ["Identity"] = new(1, 1, node => node.Inputs[0]),
        ["If"] = new(1, 1, ChoiceRules.If, ("then_branch", AttributeType.Graph), ("else_branch", AttributeType.Graph)),
        ["MaxPool"] = new(1, 1, Floats(ShapeRules.Pool), PoolWindow),
        ["Mul"] = new(2, 2, Floats(ShapeRules.Elementwise)),
        ["NonZero"] = new(1, 1, ChoiceRules.NonZero),
        ["Relu"] = new(1, 1, Floats(ShapeRules.Same)),
        ["Reshape"] = new(2, 2, LayoutRules.Reshape, ("allowzero", AttributeType.Int)),
        ["Resize"] = new(
            3,
            3,
            ShapeRules.Resize,
            ("coordinate_transformation_mode", AttributeType.String),
            ("mode", AttributeType.String),
            ("nearest_mode", AttributeType.String))
        {
            LeftOut = 1,
        },
        ["ScatterND"] = new(3, 3, ChoiceRules.ScatterRows, ("reduction", AttributeType.String)),
        ["Shape"] = new(1, 1, LayoutRules.ShapeOf, ("start", AttributeType.Int), ("end", AttributeType.Int)),
        ["Sigmoid"] = new(1, 1, Floats(ShapeRules.Same)),
        ["Size"] = new(1, 1, LayoutRules.Size),
        ["Squeeze"] = new(2, 2, LayoutRules.Squeeze),
        ["Sub"] = new(2, 2, Floats(ShapeRules.Elementwise)),
        ["Transpose"] = new(1, 1, LayoutRules.Transpose, ("perm", AttributeType.Ints)),
        ["Unsqueeze"] = new(2, 2, LayoutRules.Unsqueeze),
    };

    /// <summary>What a node reads, without what its operator wants left out.</summary>
    public static IEnumerable<string> InputsOf(NodeProto node) =>
        node.Input.Where((input, index) => input.Length > 0 || !All.TryGetValue(node.OpType, out var rule) || rule.LeftOut != index);

    /// <summary>An operator whose inputs and output are all floats of one width.</summary>
    private static Func<NodeView, TensorFacts> Floats(Func<NodeView, TensorShape> shape) => node => new(node.CommonType(OnnxTypes.Floats), shape(node));
}
