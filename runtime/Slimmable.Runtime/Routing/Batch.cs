namespace Slimmable.Runtime;

/// <summary>Some rows of a request: what goes in, and where the answers go.</summary>
internal readonly ref struct Batch
{
    /// <summary>Which row of the request the first is; for messages.</summary>
    public int First { get; init; }

    /// <summary>How many there are.</summary>
    public required int Rows { get; init; }

    /// <summary>The rows.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>Receives <c>[Rows, classes]</c>.</summary>
    public required Span<float> Logits { get; init; }

    /// <summary>Receives the subnet by row; empty where nobody asked.</summary>
    public Span<int> Subnets { get; init; }

    /// <summary>Receives <c>[Rows, candidates]</c>; empty where nobody asked.</summary>
    public Span<float> GateLogits { get; init; }

    /// <summary>Some of these rows.</summary>
    public Batch Slice(int first, int rows) => new()
    {
        First = First + first,
        Rows = rows,
        Input = Input.Slice(first * (Input.Length / Rows), rows * (Input.Length / Rows)),
        Logits = Slice(Logits, first, rows),
        Subnets = Slice(Subnets, first, rows),
        GateLogits = Slice(GateLogits, first, rows),
    };

    private Span<T> Slice<T>(Span<T> values, int first, int rows) => values.Slice(first * (values.Length / Rows), rows * (values.Length / Rows));
}
