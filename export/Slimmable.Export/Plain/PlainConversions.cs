namespace Slimmable.Export;

/// <summary>Its input's numbers in another type, the node's own.</summary>
internal sealed record PlainCast(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);

/// <summary><c>[H, W, C]</c> to <c>[C, H, W]</c>.</summary>
internal sealed record PlainChannelsFirst(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape) : PlainNode(Name, Inputs, Shape);

/// <summary>Every number times its channel's factor.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Inputs">One.</param>
/// <param name="Shape">Of its value.</param>
/// <param name="Factor"><c>[C, 1, 1]</c>.</param>
internal sealed record PlainScale(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, PlainTensor Factor) : PlainNode(Name, Inputs, Shape)
{
    public override IEnumerable<PlainTensor> Tensors => [Factor];
}

/// <summary>Every number plus its channel's term.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Inputs">One.</param>
/// <param name="Shape">Of its value.</param>
/// <param name="Term"><c>[C, 1, 1]</c>.</param>
internal sealed record PlainShift(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<int> Shape, PlainTensor Term) : PlainNode(Name, Inputs, Shape)
{
    public override IEnumerable<PlainTensor> Tensors => [Term];
}
