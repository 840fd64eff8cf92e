using Slimmable.Export.Onnx;
using static Slimmable.Export.Onnx.AttributeProto.Types;

namespace Slimmable.Export;

/// <summary>An operator that a bundle's graph may use, with one output.</summary>
/// <param name="LeastInputs">Inputs it needs.</param>
/// <param name="MostInputs">Inputs it takes.</param>
/// <param name="Shape">The shape of its output.</param>
/// <param name="Attributes">What it may be told, by name.</param>
internal sealed record Operator(int LeastInputs, int MostInputs, Func<NodeView, TensorShape> Shape, IReadOnlyDictionary<string, AttributeType> Attributes)
{
    public Operator(int leastInputs, int mostInputs, Func<NodeView, TensorShape> shape, params IEnumerable<(string Name, AttributeType Type)> attributes)
        : this(leastInputs, mostInputs, shape, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Type))
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

    public static IReadOnlyDictionary<string, Operator> All { get; } = new Dictionary<string, Operator>
    {
        ["Add"] = new(2, 2, ShapeRules.Elementwise),
        ["AveragePool"] = new(1, 1, ShapeRules.Pool, [.. PoolWindow, ("count_include_pad", AttributeType.Int)]),
        ["BatchNormalization"] = new(
            5, 5, ShapeRules.BatchNormalization, ("epsilon", AttributeType.Float), ("momentum", AttributeType.Float), ("training_mode", AttributeType.Int)),
        ["Conv"] = new(2, 3, ShapeRules.Conv, [.. Window, ("dilations", AttributeType.Ints), ("group", AttributeType.Int)]),
        ["Flatten"] = new(1, 1, ShapeRules.Flatten, ("axis", AttributeType.Int)),
        ["Gemm"] = new(
            2,
            3,
            ShapeRules.Gemm,
            ("alpha", AttributeType.Float),
            ("beta", AttributeType.Float),
            ("transA", AttributeType.Int),
            ("transB", AttributeType.Int)),
        ["GlobalAveragePool"] = new(1, 1, ShapeRules.GlobalPool),
        ["HardSwish"] = new(1, 1, ShapeRules.Same),
        ["Identity"] = new(1, 1, ShapeRules.Same),
        ["MaxPool"] = new(1, 1, ShapeRules.Pool, PoolWindow),
        ["Mul"] = new(2, 2, ShapeRules.Elementwise),
        ["Relu"] = new(1, 1, ShapeRules.Same),
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
        ["Sigmoid"] = new(1, 1, ShapeRules.Same),
    };

    /// <summary>What a node reads, without what its operator wants left out.</summary>
    public static IEnumerable<string> InputsOf(NodeProto node) =>
        node.Input.Where((input, index) => input.Length > 0 || !All.TryGetValue(node.OpType, out var rule) || rule.LeftOut != index);
}
