namespace Slimmable.Benchmarks;

/// <summary>The curves of the page.</summary>
internal static class AblationCharts
{
    private const string WithoutGate = "#7f7f7f";
    private const string Knowing = "#2ca02c";
    private static readonly string[] Colours = ["#1f77b4", "#ff7f0e", "#9467bd", "#8c564b", "#d62728"];

    /// <summary>Accuracy against multiply-adds, a line for each method.</summary>
    public static Chart Widths(AblationResults results) => new(
        "Widths: accuracy against cost",
        "million multiply-adds",
        "top-1, %",
        [
            .. Method.OfWidths.Select((method, index) => new ChartLine(
                method.Title, Colours[index], [.. results.Widths.Select(width => Point(width.MAdds / 1e6, results.Top1(method, width.Name)))])),
        ]);

    /// <summary>Accuracy against mean cost: gates, what does not look, and what knows.</summary>
    public static Chart Gates(AblationResults results)
    {
        ChartLine Line(string name, string colour, Method method, Func<GateScore, double> top1, bool dashed = false) => new(
            name,
            colour,
            [
                .. AblationPlan.Targets.Select(target => results.GatesOf(method, target))
                    .Select(gates => Point(100 * gates.Average(gate => gate.MeanCost), gates.Select(top1)))
                    .OrderBy(point => point.X),
            ],
            dashed);
        return new(
            "Gates: accuracy against mean cost",
            "mean cost, % of the widest's",
            "top-1, %",
            [
                .. Method.OfGates.Select((method, index) => Line(method.Title, Colours[index], method, gate => gate.Top1)),
                Line("no gate", WithoutGate, Method.Sgs, gate => gate.WithoutGate, dashed: true),
                Line("oracle", Knowing, Method.Sgs, gate => gate.Oracle, dashed: true),
            ]);
    }

    private static ChartPoint Point(double across, IEnumerable<double> values)
    {
        var spread = Spread.Of(values);
        return new(across, spread.Mean, spread.Deviation);
    }
}
