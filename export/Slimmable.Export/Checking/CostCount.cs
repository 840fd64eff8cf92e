namespace Slimmable.Export;

/// <summary>
/// Counts what a graph costs, from its shapes and weights alone. Two things a file does not tell: which channels of zeros fill a block between two
/// convolutions of one pixel rather than were learnt as zeros, and whether a convolution's bias was one, or a batch normalization's gamma and beta, or both.
/// </summary>
internal sealed class CostCount
{
    /// <summary>Weights of one pixel are small; a larger one fills no block.</summary>
    private const int MostBytes = 64 << 20;

    private readonly IReadOnlyList<CheckedNode> nodes;
    private readonly ExternalDataCheck weights;
    private readonly HashSet<string> trunk;
    private readonly ILookup<string, CheckedNode> readers;
    private readonly Dictionary<string, int> filledOutputs = [];
    private readonly Dictionary<string, int> filledInputs = [];

    private CostCount(IReadOnlyList<CheckedNode> nodes, ExternalDataCheck weights, string? trunk)
    {
        this.nodes = nodes;
        this.weights = weights;
        this.trunk = trunk is null ? [] : NodesFor(trunk);
        readers = nodes.SelectMany(node => node.Node.Input, (node, input) => (node, input)).ToLookup(read => read.input, read => read.node);
    }

    /// <summary>Counts a graph.</summary>
    /// <param name="nodes">Its nodes, in order.</param>
    /// <param name="weights">Reads its weights.</param>
    /// <param name="trunk">The value up to which nodes are the trunk, or null.</param>
    /// <returns>The cost; null where it does not fit in 64 bits.</returns>
    public static GraphCost? Of(IReadOnlyList<CheckedNode> nodes, ExternalDataCheck weights, string? trunk)
    {
        try
        {
            return new CostCount(nodes, weights, trunk).Run();
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private GraphCost Run()
    {
        foreach (var node in nodes.Where(IsPointwiseOfOnePixel))
        {
            FindFilled(node);
        }

        return new([.. nodes.Select(Cost).OfType<NodeCost>()]);
    }

    private NodeCost? Cost(CheckedNode node)
    {
        var isTrunk = trunk.Contains(node.Node.Name);
        return node.Node.OpType switch
        {
            "Conv" => ConvCost(node, isTrunk),
            "Gemm" => new(node.Node.Name, isTrunk, Exact(Elements(node.Inputs[1])), Exact(node.Inputs.Skip(1).Sum(Elements))),
            "BatchNormalization" => new(node.Node.Name, isTrunk, Exact(0), Exact(2 * Elements(node.Inputs[1]))),
            "AveragePool" or "GlobalAveragePool" => new(node.Node.Name, isTrunk, Exact(PerImage(node.Inputs[0])), Exact(0)),
            _ => null,
        };
    }

    private NodeCost ConvCost(CheckedNode node, bool isTrunk)
    {
        var shape = node.Inputs[1].Shape.Lengths.Select(length => length.Known).ToList();
        var (filledOut, filledIn) = (filledOutputs.GetValueOrDefault(node.Node.Name), filledInputs.GetValueOrDefault(node.Node.Name));
        var (filters, channels, window) = (shape[0] - filledOut, shape[1] - filledIn, shape[2] * shape[3]);
        var pixels = node.Output.Shape.Lengths.Skip(2).Aggregate(1L, (product, length) => checked(product * length.Known));
        var weight = checked(filters * channels * window);

        var bias = node.Inputs.Count == 3 ? 1 : 0;
        return new(
            node.Node.Name,
            isTrunk,
            new(checked(weight * pixels), [(channels * window * pixels, filledOut), (filters * window * pixels, filledIn)]),
            new(weight + (bias * filters), [((channels * window) + bias, filledOut), (filters * window, filledIn), (filters, 2 * bias)]));
    }

    /// <summary>Zeros at the end of a convolution's outputs that the next convolution multiplies with zeros.</summary>
    private void FindFilled(CheckedNode first)
    {
        var value = first;
        while (readers[value.Node.Output[0]].ToList() is [var reader])
        {
            if (IsPointwiseOfOnePixel(reader))
            {
                var filled = Math.Min(EmptyFilters(first), EmptyChannels(reader));
                filledOutputs[first.Node.Name] = filled;
                filledInputs[reader.Node.Name] = filled;
                return;
            }

            if (reader.Node.OpType is not ("Relu" or "Sigmoid" or "HardSwish" or "Cast"))
            {
                return;
            }

            value = reader;
        }
    }

    private static bool IsPointwiseOfOnePixel(CheckedNode node) =>
        node.Node.OpType == "Conv" && node.Output.Shape.Lengths.Skip(2).Concat(node.Inputs[1].Shape.Lengths.Skip(2)).All(length => length == new Length(1))
        && node.Inputs[0].Shape[1] == node.Inputs[1].Shape[1];

    private int EmptyFilters(CheckedNode conv)
    {
        var filters = (int)conv.Inputs[1].Shape[0].Known;
        int InBytesOf(int input) => BytesOf(conv, input) is { } bytes ? EmptyAtEnd(bytes.Span, bytes.Length / filters) : 0;
        return conv.Inputs.Count == 3 ? Math.Min(InBytesOf(1), InBytesOf(2)) : InBytesOf(1);
    }

    private int EmptyChannels(CheckedNode conv)
    {
        if (BytesOf(conv, 1) is not { } bytes)
        {
            return 0;
        }

        var row = bytes.Length / (int)conv.Inputs[1].Shape[0].Known;
        var least = (int)conv.Inputs[1].Shape[1].Known;
        for (var start = 0; start < bytes.Length; start += row)
        {
            least = Math.Min(least, EmptyAtEnd(bytes.Span.Slice(start, row), conv.Inputs[1].Type.Bytes()));
        }

        return least;
    }

    /// <summary>How many entries of some bytes each are zero at the end.</summary>
    private static int EmptyAtEnd(ReadOnlySpan<byte> entries, int size) => (entries.Length - 1 - entries.LastIndexOfAnyExcept((byte)0)) / size;

    private ReadOnlyMemory<byte>? BytesOf(CheckedNode node, int input)
    {
        var bytes = checked(Elements(node.Inputs[input]) * node.Inputs[input].Type.Bytes());
        return node.Constants[input] is { } tensor && bytes <= MostBytes ? weights.Read(tensor, (int)bytes) : null;
    }

    private HashSet<string> NodesFor(string value)
    {
        var wanted = new HashSet<string> { value };
        var found = new HashSet<string>();
        foreach (var node in nodes.Reverse().Where(node => node.Node.Output.Any(wanted.Contains)))
        {
            found.Add(node.Node.Name);
            wanted.UnionWith(node.Node.Input);
        }

        return found;
    }

    private static OpenCount Exact(long count) => new(count, []);

    private static long Elements(TensorFacts value) => value.Shape.Elements().Known;

    private static long PerImage(TensorFacts value) => new TensorShape([.. value.Shape.Lengths.Skip(1)]).Elements().Known;
}
