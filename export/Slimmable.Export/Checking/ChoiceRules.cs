using static Slimmable.Export.NodeView;

namespace Slimmable.Export;

/// <summary>What ONNX says about the outputs of the operators that compare, choose, and gather and scatter rows.</summary>
internal static class ChoiceRules
{
    /// <summary>Only the first of equals.</summary>
    public static TensorFacts ArgMax(NodeView node)
    {
        node.Type(0, OnnxTypes.Numbers);
        var input = node.Shape(0);
        var axis = Axis(node.Integer("axis", 0), input.Rank);
        Require(node.Integer("select_last_index", 0) == 0, "expected select_last_index 0");
        IEnumerable<Length> kept = node.Integer("keepdims", 1) == 0 ? [] : [new Length(1)];
        return new(OnnxType.Int64, new TensorShape([.. input.Lengths.Take(axis), .. kept, .. input.Lengths.Skip(axis + 1)]));
    }

    public static TensorFacts Equal(NodeView node)
    {
        node.CommonType([.. OnnxTypes.Numbers, OnnxType.Bool]);
        return new(OnnxType.Bool, ShapeRules.Elementwise(node));
    }

    public static TensorFacts Greater(NodeView node)
    {
        node.CommonType(OnnxTypes.Numbers);
        return new(OnnxType.Bool, ShapeRules.Elementwise(node));
    }

    /// <summary>How many there are is known only when the model runs.</summary>
    public static TensorFacts NonZero(NodeView node) =>
        new(OnnxType.Int64, new TensorShape(new Length(node.Shape(0).Rank), new Length(0, node.Name, IsCounted: true)));

    public static TensorFacts Gather(NodeView node)
    {
        node.Type(1, OnnxType.Int64);
        var (data, places) = (node.Inputs[0], node.Inputs[1]);
        Require(data.Shape.Rank > 0, $"expected dimensions in input 0, found {data.Shape}");
        var axis = Axis(node.Integer("axis", 0), data.Shape.Rank);
        var shape = new TensorShape([.. data.Shape.Lengths.Take(axis), .. places.Shape.Lengths, .. data.Shape.Lengths.Skip(axis + 1)]);
        if (places.Numbers is { } numbers && data.Shape[axis] is { Symbol: null } length)
        {
            Require(numbers.All(number => number.Symbol is null && number.Known >= -length.Known && number.Known < length.Known),
                $"expected places in {-length.Known}..{length.Known - 1}, found [{string.Join(", ", numbers.Take(8))}]");
        }

        return new(data.Type, shape, data.Shape.Rank == 1 ? Pick(data, places) : null);
    }

    /// <summary>Only whole rows of the first dimension.</summary>
    public static TensorFacts GatherRows(NodeView node)
    {
        Require(node.Integer("batch_dims", 0) == 0, "expected batch_dims 0");
        return new(node.Inputs[0].Type, RowsOf(node));
    }

    /// <summary>Only whole rows of the first dimension.</summary>
    public static TensorFacts ScatterRows(NodeView node)
    {
        Require(node.Text("reduction") is "" or "none", $"expected reduction 'none', found '{FindingList.Clean(node.Text("reduction"))}'");
        node.Type(2, node.Inputs[0].Type);
        var expected = RowsOf(node);
        Require(node.Shape(2).IsSame(expected), $"expected {expected} in input 2, found {node.Shape(2)}");
        return node.Inputs[0] with { Numbers = null };
    }

    public static TensorFacts If(NodeView node)
    {
        node.Type(0, OnnxType.Bool);
        Require(node.Shape(0).Elements() is (1, []), $"expected one element in input 0, found {node.Shape(0)}");
        var (then, otherwise) = (node.Branch("then_branch"), node.Branch("else_branch"));
        return then.Type == otherwise.Type && then.Shape.IsSame(otherwise.Shape)
            ? then with { Numbers = null }
            : throw new NodeFaultException(FindingRules.Branches, $"expected branches that give the same, found {then} and {otherwise}");
    }

    private static TensorShape RowsOf(NodeView node)
    {
        node.Type(1, OnnxType.Int64);
        var (data, places) = (node.Shape(0), node.Shape(1, 2));
        Require(places[1] == new Length(1) && data.Rank > 0, $"expected the places of rows, [M, 1], found {places} for {data}");
        return new TensorShape([places[0], .. data.Lengths.Skip(1)]);
    }

    private static Length[]? Pick(TensorFacts data, TensorFacts places) => data.Numbers is { } numbers && places.Numbers is { } chosen
        ? [.. chosen.Select(place => numbers[(int)(place.Known < 0 ? place.Known + numbers.Count : place.Known)])]
        : null;
}
