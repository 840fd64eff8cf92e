using System.Runtime.InteropServices;
using Slimmable.Export.Onnx;

namespace Slimmable.Export;

/// <summary>A node with the shapes of what it reads, as shape rules look at it. What it lacks is a <see cref="FormatException"/>.</summary>
internal sealed class NodeView(NodeProto node, IReadOnlyList<TensorShape> inputs, IReadOnlyList<TensorProto?> constants)
{
    public IReadOnlyList<TensorShape> Inputs => inputs;

    /// <summary>An input of known rank.</summary>
    public TensorShape Input(int index, int rank)
    {
        Require(inputs[index].Rank == rank, $"expected {rank} dimensions in input {index}, found {inputs[index]}");
        return inputs[index];
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
        var found = Input(index, 1);
        Require(found[0] == new Length(length), $"expected [{length}] in input {index}, found {found}");
    }

    /// <summary>A whole-number attribute.</summary>
    public long Integer(string name, long otherwise) => Attribute(name)?.I ?? otherwise;

    /// <summary>An attribute of some whole numbers within bounds.</summary>
    public long[] Integers(string name, int count, long least, long? otherwise = null)
    {
        long[] found = Attribute(name) is { } attribute ? [.. attribute.Ints] : [.. Enumerable.Repeat(otherwise ?? -1, otherwise is null ? 0 : count)];
        var fits = found.Length == count && found.All(value => value >= least && value <= TensorShape.Longest);
        Require(fits, $"expected {count} numbers from {least} up in '{name}', found [{string.Join(", ", found.Take(8))}]");
        return found;
    }

    /// <summary>A word, or nothing.</summary>
    public string Text(string name) => Attribute(name)?.S.ToStringUtf8() ?? "";

    /// <summary>The numbers of an input that is a list in the file.</summary>
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
            throw new FormatException(fault);
        }
    }

    private AttributeProto? Attribute(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
