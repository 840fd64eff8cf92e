using Slimmable.Models;

namespace Slimmable.Export;

/// <summary>What goes into a bundle.</summary>
public sealed record ExportOptions
{
    /// <summary>
    /// Whether the subnets share the trunk's graph, or each has a graph of its own and the gate's yields scores only. Default: they share it. A network
    /// without a gate has no trunk, and is always <see cref="BundleLayout.Standalone"/>.
    /// </summary>
    public BundleLayout Layout { get; init; } = BundleLayout.SharedTrunk;

    /// <summary>Whether each subnet is also written as a graph of its own, from input to logits. Default: no. In the standalone layout: always.</summary>
    public bool Full { get; init; }

    /// <summary>
    /// Whether the gate and all that it chooses from are also written as one graph, which routes each row of a batch by itself. Default: no. Needs a gate.
    /// </summary>
    public bool Routed { get; init; }

    /// <summary>
    /// The layout of raw pixels that the graphs take and preprocess. Default: null, they take preprocessed 32-bit floats. Needs a checkpoint that says how its
    /// images are preprocessed. Golden samples go along where they are preprocessed bytes, to the last bit, and are left out elsewhere.
    /// </summary>
    public ImageLayout? BakePreprocessing { get; init; }

    /// <summary>What the graphs compute in; inputs and outputs stay as they are. Default: 32-bit floats.</summary>
    public GraphPrecision Precision { get; init; } = GraphPrecision.Full;

    /// <summary>
    /// The names of the subnets, in any order. Routable ones only, and all of the gate's candidates among them. Default: null, all routable ones.
    /// </summary>
    public IReadOnlyList<string>? Subnets { get; init; }

    /// <summary>The name of the program that exports, for the manifest and the graphs. Default: <c>slimmable</c>.</summary>
    public string Tool { get; init; } = "slimmable";

    /// <summary>The program's version. Default: this library's, without what a build adds to it.</summary>
    public string ToolVersion { get; init; } = typeof(ExportOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>How many bytes of weights a graph's own file holds; those of a graph with more lie beside it. Tests have reason to change it.</summary>
    internal long MostInlineBytes { get; init; } = OnnxFormat.MostInlineBytes;

    /// <summary>Checks the options against a checkpoint and yields its graph's chosen subnets, from cheap to dear.</summary>
    /// <exception cref="InvalidOptionsException">Something does not fit; every fault is listed.</exception>
    internal IReadOnlyList<Subnet> ChooseSubnets(ICheckpoint checkpoint)
    {
        var graph = checkpoint.Graph;
        var routable = graph.Routable.Select(subnet => subnet.Name).ToList();
        var names = Subnets ?? routable;
        List<string> faults =
        [
            .. names.Where(name => !routable.Contains(name))
                .Select(name => $"subnet '{name}': expected one of {string.Join(", ", routable)}"),
            .. names.CountBy(name => name).Where(count => count.Value > 1)
                .Select(count => $"subnet '{count.Key}': expected once, found {count.Value} times"),
            .. (graph.Gate?.Candidates ?? []).Where(candidate => !names.Contains(candidate))
                .Select(candidate => $"subnet '{candidate}': expected, the gate can choose it, found none"),
        ];
        if (names.Count == 0)
        {
            faults.Add("subnets: expected at least one, found none");
        }

        if (!Enum.IsDefined(Layout))
        {
            faults.Add($"layout: unknown layout {Layout}");
        }

        if (BakePreprocessing is { } pixels && !Enum.IsDefined(pixels))
        {
            faults.Add($"bakePreprocessing: unknown layout {pixels}");
        }

        if (BakePreprocessing is not null && checkpoint.Info.Preprocessing is null)
        {
            faults.Add("bakePreprocessing: expected a checkpoint that says how its images are preprocessed, found none");
        }

        if (!Enum.IsDefined(Precision))
        {
            faults.Add($"precision: unknown precision {Precision}");
        }

        if (Routed && graph.Gate is null)
        {
            faults.Add($"routed: expected a network with a gate, found that '{graph.Name}' has none");
        }

        if (string.IsNullOrWhiteSpace(Tool) || string.IsNullOrWhiteSpace(ToolVersion))
        {
            faults.Add($"tool: expected a name and a version, found '{Tool}' and '{ToolVersion}'");
        }

        return faults.Count == 0
            ? [.. graph.Routable.Where(subnet => names.Contains(subnet.Name))]
            : throw new InvalidOptionsException("export", faults);
    }
}
