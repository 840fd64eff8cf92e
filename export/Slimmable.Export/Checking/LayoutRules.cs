using static Slimmable.Export.NodeView;

namespace Slimmable.Export;

/// <summary>What ONNX says about the outputs of the operators that convert, move and arrange elements, and that ask for shapes.</summary>
internal static class LayoutRules
{
    public static TensorFacts Cast(NodeView node)
    {
        var to = node.Integer("to");
        var type = OnnxTypes.Of(to)
            ?? throw new NodeFaultException(FindingRules.ElementTypes, $"expected {OnnxTypes.Known} in 'to', found {OnnxTypes.Text(to)}");
        return node.Inputs[0] with { Type = type, Numbers = type == OnnxType.Int64 ? node.Inputs[0].Numbers : null };
    }

    public static TensorFacts Concat(NodeView node)
    {
        var type = node.CommonType([.. OnnxTypes.Numbers, OnnxType.Bool]);
        var first = node.Shape(0);
        var axis = Axis(node.Integer("axis"), first.Rank);
        var sum = 0L;
        foreach (var shape in node.Inputs.Select(input => input.Shape))
        {
            var fits = shape.Rank == first.Rank && Enumerable.Range(0, first.Rank).All(index => index == axis || shape[index] == first[index]);
            Require(fits, $"expected shapes that differ in dimension {axis} only, found {first} and {shape}");
            sum = checked(sum + Known(shape[axis]));
        }

        var joined = new TensorShape([.. first.Lengths.Take(axis), new Length(sum), .. first.Lengths.Skip(axis + 1)]);
        var numbers = first.Rank == 1 && sum <= TensorFacts.MostNumbers && node.Inputs.All(input => input.Numbers is not null)
            ? node.Inputs.SelectMany(input => input.Numbers!).ToArray()
            : null;
        return new(type, joined, numbers);
    }

    public static TensorFacts ConstantOfShape(NodeView node)
    {
        var shape = ShapeFrom(node, 0);
        if (node.Tensor("value") is not { } value)
        {
            return new(OnnxType.Float, shape);
        }

        var type = OnnxTypes.Of(value.DataType);
        Require(type is not null && value.Dims is [1] && value.RawData.Length == type.Value.Bytes(), "expected one number of a known type in 'value'");
        return new(type!.Value, shape);
    }

    public static TensorFacts Expand(NodeView node) => new(node.Inputs[0].Type, ShapeRules.Broadcast(node.Shape(0), ShapeFrom(node, 1)));

    public static TensorFacts Reshape(NodeView node)
    {
        Require(node.Integer("allowzero", 0) == 0, "expected allowzero 0");
        var (input, wanted) = (node.Inputs[0], node.Numbers(1));
        Length[] lengths = [.. wanted.Select((length, index) => length == default && index < input.Shape.Rank ? input.Shape[index] : length)];
        var open = Array.IndexOf(lengths, new Length(-1));
        if (open >= 0)
        {
            lengths[open] = new Length(1);
            lengths[open] = Rest(input.Shape, new TensorShape(lengths));
        }

        var shape = Checked(lengths);
        var (before, after) = (input.Shape.Elements(), shape.Elements());
        Require(before.Known == after.Known && before.Symbols.SequenceEqual(after.Symbols), $"expected as many elements as in {input.Shape}, found {shape}");
        return input with { Shape = shape };
    }

    public static TensorFacts ShapeOf(NodeView node)
    {
        var lengths = node.Shape(0).Lengths;
        int Place(long place) => (int)Math.Clamp(place < 0 ? place + lengths.Count : place, 0, lengths.Count);
        var (start, end) = (Place(node.Integer("start", 0)), Place(node.Integer("end", lengths.Count)));
        Require(start < end, $"expected a start before the end, found {start} and {end}");
        return new(OnnxType.Int64, new TensorShape(new Length(end - start)), [.. lengths.Skip(start).Take(end - start)]);
    }

    public static TensorFacts Size(NodeView node) => new(OnnxType.Int64, new TensorShape(), node.Shape(0).Elements() switch
    {
        (var known, []) => [new Length(known)],
        (1, [var symbol]) => [symbol],
        _ => null,
    });

    public static TensorFacts Squeeze(NodeView node)
    {
        var input = node.Inputs[0];
        var dropped = Axes(node, input.Shape.Rank);
        Require(dropped.All(axis => input.Shape[axis] == new Length(1)), $"expected dimensions of 1 at [{string.Join(", ", dropped)}], found {input.Shape}");
        return input with { Shape = new TensorShape([.. input.Shape.Lengths.Where((_, index) => !dropped.Contains(index))]) };
    }

    public static TensorFacts Unsqueeze(NodeView node)
    {
        var input = node.Inputs[0];
        var rank = checked(input.Shape.Rank + node.Numbers(1).Count);
        var added = Axes(node, rank);
        var rest = new Queue<Length>(input.Shape.Lengths);
        return input with { Shape = new TensorShape([.. Enumerable.Range(0, rank).Select(index => added.Contains(index) ? new Length(1) : rest.Dequeue())]) };
    }

    public static TensorFacts Transpose(NodeView node)
    {
        var input = node.Inputs[0];
        var rank = input.Shape.Rank;
        long[] order = node.Has("perm") ? node.Integers("perm", rank, least: 0) : [.. Enumerable.Range(0, rank).Reverse().Select(axis => (long)axis)];
        Require(order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(axis => (long)axis)), $"expected each of {rank} dimensions once, found [{string.Join(", ", order)}]");
        return new(input.Type, new TensorShape([.. order.Select(axis => input.Shape[(int)axis])]), rank < 2 ? input.Numbers : null);
    }

    private static HashSet<int> Axes(NodeView node, int rank)
    {
        var numbers = node.Numbers(1);
        var axes = numbers.Select(axis => Axis(Known(axis), rank)).ToHashSet();
        Require(axes.Count == numbers.Count, $"expected each axis once, found [{string.Join(", ", numbers.Take(8))}]");
        return axes;
    }

    private static TensorShape ShapeFrom(NodeView node, int index)
    {
        node.Shape(index, 1);
        return Checked(node.Numbers(index));
    }

    private static TensorShape Checked(IReadOnlyList<Length> lengths)
    {
        var fits = lengths.All(length => length.Symbol is not null || length.Known is > 0 and <= TensorShape.Longest);
        Require(fits, $"expected lengths from 1 up, found [{string.Join(", ", lengths.Take(8))}]");
        return new TensorShape(lengths);
    }

    /// <summary>What one shape lacks to have as many elements as another.</summary>
    private static Length Rest(TensorShape whole, TensorShape part)
    {
        var (wanted, found) = (whole.Elements(), part.Elements());
        var open = wanted.Symbols.ToList();
        found.Symbols.ToList().ForEach(symbol => open.Remove(symbol));
        var known = found.Known > 0 && wanted.Known % found.Known == 0 ? wanted.Known / found.Known : 0;
        Require(known > 0 && (open.Count == 0 || (open.Count == 1 && known == 1)), $"expected a part of {whole}, found {part} and an open length");
        return open.Count == 0 ? new Length(known) : open[0];
    }
}
