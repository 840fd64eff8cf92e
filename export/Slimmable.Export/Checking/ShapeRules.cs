using static Slimmable.Export.NodeView;

namespace Slimmable.Export;

/// <summary>What ONNX says about the outputs of the operators that compute: those of floats, all of one type.</summary>
internal static class ShapeRules
{
    public static TensorShape Same(NodeView node) => node.Shape(0);

    public static TensorShape Conv(NodeView node)
    {
        var (input, weight) = (node.Shape(0, 4), node.Shape(1, 4));
        var (channels, filters) = (Known(input[1]), Known(weight[0]));
        var group = node.Integer("group", 1);
        Require(group > 0 && channels % group == 0 && filters % group == 0, $"expected a group that divides {channels} and {filters}, found {group}");
        Require(Known(weight[1]) == channels / group, $"expected weights for {channels / group} channels, found {weight}");
        if (node.Inputs.Count == 3)
        {
            node.RequireVector(2, filters);
        }

        long[] kernel = [Known(weight[2]), Known(weight[3])];
        var declared = node.Integers("kernel_shape", 2, least: 1);
        Require(declared.SequenceEqual(kernel), $"expected kernel_shape [{string.Join(", ", kernel)}], found [{string.Join(", ", declared)}]");
        return Slide(node, input, weight[0], kernel, node.Integers("dilations", 2, least: 1, otherwise: 1));
    }

    public static TensorShape Pool(NodeView node)
    {
        var input = node.Shape(0, 4);
        var kernel = node.Integers("kernel_shape", 2, least: 1);
        var pads = node.Integers("pads", 4, least: 0, otherwise: 0);
        Require(Enumerable.Range(0, 4).All(side => pads[side] < kernel[side % 2]), "expected pads smaller than the kernel");
        Require(node.Integer("ceil_mode", 0) == 0, "expected ceil_mode 0");
        return Slide(node, input, input[1], kernel, [1, 1]);
    }

    public static TensorShape GlobalPool(NodeView node)
    {
        var input = node.Shape(0, 4);
        return new TensorShape(input[0], input[1], new Length(1), new Length(1));
    }

    /// <summary>Only a resizing that repeats pixels a whole number of times.</summary>
    public static TensorFacts Resize(NodeView node)
    {
        Require(node.Inputs.Count == 2, "expected its region (input 1) to be left out");
        foreach (var (name, expected) in new[] { ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor") })
        {
            Require(node.Text(name) == expected, $"expected {name} '{expected}', found '{FindingList.Clean(node.Text(name))}'");
        }

        node.Type(1, OnnxType.Float);
        var (input, scales) = (node.Shape(0, 4), node.Constant(1, 4));
        Require(scales[0] == 1 && scales[1] == 1 && scales.All(scale => scale is >= 1 and <= TensorShape.Longest && float.IsInteger(scale)),
            $"expected scales of 1, 1 and two whole numbers from 1 up, found [{string.Join(", ", scales)}]");
        var shape = new TensorShape(
            input[0], input[1], new Length(checked(Known(input[2]) * (long)scales[2])), new Length(checked(Known(input[3]) * (long)scales[3])));
        return new TensorFacts(node.Type(0, OnnxTypes.Floats), shape);
    }

    public static TensorShape BatchNormalization(NodeView node)
    {
        var input = node.Shape(0, 4);
        Require(node.Integer("training_mode", 0) == 0, "expected training_mode 0");
        for (var index = 1; index < 5; index++)
        {
            node.RequireVector(index, Known(input[1]));
        }

        return input;
    }

    public static TensorShape Gemm(NodeView node)
    {
        var (left, right) = (node.Shape(0, 2), node.Shape(1, 2));
        Require(node.Integer("transA", 0) == 0, "expected transA 0");
        var (inner, outer) = node.Integer("transB", 0) == 0 ? (right[0], right[1]) : (right[1], right[0]);
        Require(left[1] == inner, $"expected as many columns as rows, found {left} and {right}");
        var output = new TensorShape(left[0], outer);
        Require(node.Inputs.Count < 3 || Broadcast(output, node.Shape(2)).IsSame(output), $"expected a term that fits {output}, found {node.Inputs[^1].Shape}");
        return output;
    }

    public static TensorShape Elementwise(NodeView node) => Broadcast(node.Shape(0), node.Shape(1));

    public static TensorShape Flatten(NodeView node)
    {
        var input = node.Shape(0);
        Require(node.Integer("axis", 1) == 1 && input.Rank > 0, $"expected axis 1 of an input with dimensions, found {input}");
        var elements = input.Lengths.Skip(1).Aggregate(1L, (product, length) => checked(product * Known(length)));
        return new TensorShape(input[0], new Length(elements));
    }

    private static TensorShape Slide(NodeView node, TensorShape input, Length channels, long[] kernel, long[] dilations)
    {
        var strides = node.Integers("strides", 2, least: 1, otherwise: 1);
        var pads = node.Integers("pads", 4, least: 0, otherwise: 0);
        Length Side(int side)
        {
            var room = Known(input[2 + side]) + pads[side] + pads[side + 2] - checked(dilations[side] * (kernel[side] - 1)) - 1;
            Require(room >= 0, $"its window is larger than its input {input}");
            return new Length((room / strides[side]) + 1);
        }

        return new TensorShape(input[0], channels, Side(0), Side(1));
    }

    /// <summary>The shape that two shapes give together: of two lengths, one is the other or 1.</summary>
    public static TensorShape Broadcast(TensorShape left, TensorShape right)
    {
        var lengths = new Length[Math.Max(left.Rank, right.Rank)];
        for (var fromEnd = 1; fromEnd <= lengths.Length; fromEnd++)
        {
            var one = new Length(1);
            var (a, b) = (fromEnd <= left.Rank ? left[^fromEnd] : one, fromEnd <= right.Rank ? right[^fromEnd] : one);
            Require(a == b || a == one || b == one, $"expected shapes that broadcast, found {left} and {right}");
            lengths[^fromEnd] = a == one ? b : a;
        }

        return new TensorShape(lengths);
    }
}
