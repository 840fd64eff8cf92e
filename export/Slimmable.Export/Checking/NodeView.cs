using System.Runtime.InteropServices;
using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>A node with what it reads, as its operator's rule looks at it. What it lacks is a <see cref="NodeFaultException"/>.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">What it reads, without what is left out.</param>
/// <param name="constants">Which of that are initializers.</param>
/// <param name="branches">What its graphs give, by attribute.</param>
internal sealed class NodeView(
    NodeProto node, IReadOnlyList<TensorFacts> inputs, IReadOnlyList<TensorProto?> constants, IReadOnlyDictionary<string, IReadOnlyList<TensorFacts>> branches)
{
    public string Name => node.Name;

    public IReadOnlyList<TensorFacts> Inputs => inputs;

    /// <summary>An input's shape.</summary>
    public TensorShape Shape(int index) => inputs[index].Shape;

    /// <summary>The shape of an input of known rank.</summary>
    public TensorShape Shape(int index, int rank)
    {
        Require(Shape(index).Rank == rank, $"expected {rank} dimensions in input {index}, found {Shape(index)}");
        return Shape(index);
    }

    /// <summary>A length that has to be known.</summary>
    public static long Known(Length length)
    {
        Require(length.Symbol is null, $"expected a known length, found {length}");
        return length.Known;
    }

    /// <summary>An input that has to be a list of one known length.</summary>
    public void RequireVector(int index, long length)
    {
        var found = Shape(index, 1);
        Require(found[0] == new Length(length), $"expected [{length}] in input {index}, found {found}");
    }

    /// <summary>An input's element type, one of some.</summary>
    public OnnxType Type(int index, params IReadOnlyList<OnnxType> expected)
    {
        var found = inputs[index].Type;
        return expected.Contains(found)
            ? found
            : throw new NodeFaultException(
                FindingRules.ElementTypes, $"expected {string.Join(" or ", expected.Select(type => type.Text()))} in input {index}, found {found.Text()}");
    }

    /// <summary>The one element type of all inputs, one of some.</summary>
    public OnnxType CommonType(params IReadOnlyList<OnnxType> expected)
    {
        var type = Type(0, expected);
        for (var index = 1; index < inputs.Count; index++)
        {
            Type(index, type);
        }

        return type;
    }

    /// <summary>An input that has to be whole numbers which follow from the model alone.</summary>
    public IReadOnlyList<Length> Numbers(int index)
    {
        Type(index, OnnxType.Int64);
        return inputs[index].Numbers
            ?? throw new NodeFaultException(FindingRules.Shapes, $"expected numbers in input {index} that do not depend on the model's input, found a value");
    }

    /// <summary>A place among an input's dimensions, counted from the end where it is negative.</summary>
    public static int Axis(long axis, int rank)
    {
        Require(axis >= -rank && axis < rank, $"expected an axis in {-rank}..{rank - 1}, found {axis}");
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>What a branch gives.</summary>
    public TensorFacts Branch(string name) => branches.GetValueOrDefault(name) is [var output]
        ? output
        : throw new NodeFaultException(FindingRules.Branches, $"expected a graph with one output in '{name}', found none or one with faults");

    /// <summary>A whole-number attribute.</summary>
    public long Integer(string name, long otherwise) => Attribute(name)?.I ?? otherwise;

    /// <summary>A whole-number attribute that has to be there.</summary>
    public long Integer(string name) =>
        Attribute(name)?.I ?? throw new NodeFaultException(FindingRules.NodeAttribute, $"expected the attribute '{name}', found none");

    /// <summary>An attribute of some whole numbers within bounds.</summary>
    public long[] Integers(string name, int count, long least, long? otherwise = null)
    {
        long[] found = Attribute(name) is { } attribute ? [.. attribute.Ints] : [.. Enumerable.Repeat(otherwise ?? -1, otherwise is null ? 0 : count)];
        var fits = found.Length == count && found.All(value => value >= least && value <= TensorShape.Longest);
        Require(fits, $"expected {count} numbers from {least} up in '{name}', found [{string.Join(", ", found.Take(8))}]");
        return found;
    }

    /// <summary>Whether an attribute of whole numbers is there.</summary>
    public bool Has(string name) => Attribute(name) is not null;

    /// <summary>A word, or nothing.</summary>
    public string Text(string name) => Attribute(name)?.S.ToStringUtf8() ?? "";

    /// <summary>A tensor, or null.</summary>
    public TensorProto? Tensor(string name) => Attribute(name)?.T;

    /// <summary>The floats of an input that is a list in the file.</summary>
    public float[] Constant(int index, int length)
    {
        RequireVector(index, length);
        var bytes = constants[index] is { } tensor ? tensor.RawData.Span : [];
        Require(bytes.Length == length * sizeof(float), $"expected an initializer of {length} numbers in input {index}, found a value or other bytes");
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    public static void Require(bool condition, string fault)
    {
        if (!condition)
        {
            throw new NodeFaultException(FindingRules.Shapes, fault);
        }
    }

    private AttributeProto? Attribute(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
