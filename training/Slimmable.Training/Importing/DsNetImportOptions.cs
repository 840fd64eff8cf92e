namespace Slimmable.Training;

/// <summary>What the tensors of a DS-Net checkpoint do not say.</summary>
public sealed record DsNetImportOptions
{
    /// <summary>Channels of the images: those of the network's stem, or the import is refused.</summary>
    public required int Channels { get; init; }

    /// <summary>Height of the images in pixels, 1..65536.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the images in pixels, 1..65536.</summary>
    public required int Width { get; init; }

    /// <summary>The architecture's name in our checkpoint. Default: <c>ds-mbnet</c>.</summary>
    public string Name { get; init; } = "ds-mbnet";

    /// <summary>
    /// Which widths the gate chooses among, by index, ascending, one for each of its scores. Default: null, the narrowest ones, as in the
    /// authors' release.
    /// </summary>
    public IReadOnlyList<int>? Candidates { get; init; }
}
