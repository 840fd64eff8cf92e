using System.Globalization;

namespace Slimmable.Models.Tests;

/// <summary>The table in <c>docs/architectures.md</c> lists what there is, and what it costs.</summary>
public class ArchitecturesDocumentTests
{
    [Fact]
    public void Every_preset_stands_in_the_table_with_what_it_costs()
    {
        var document = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "architectures.md"));

        Assert.Equal(
            Architectures.Names.Select(RowOf).Order(StringComparer.Ordinal),
            document.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static string RowOf(string name)
    {
        var graph = Architectures.Build(name);
        var (narrowest, widest) = (CostModel.Of(graph, graph.Routable[0]), CostModel.Of(graph, graph.Routable[^1]));
        var images = $"{graph.Axis(graph.Input.Channels).Largest}x{graph.Input.Height}x{graph.Input.Width}, {graph.Classes}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{name}` | {images} | {graph.Routable.Count} | {narrowest.MAdds / 1e6:0.00} to {widest.MAdds / 1e6:0.00} | {widest.Parameters / 1e6:0.00} |");
    }
}
