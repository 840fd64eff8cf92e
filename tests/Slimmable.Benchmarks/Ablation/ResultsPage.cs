using System.Text.RegularExpressions;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary>Fills the page's template with tables. The template has what is said whatever comes out; all that depends on numbers is made here.</summary>
/// <param name="results">What was measured.</param>
/// <param name="command">The command that measured it, up to its options.</param>
/// <param name="bench">What <c>slimmable bench --json</c> said, or null where nobody asked.</param>
internal sealed partial class ResultsPage(AblationResults results, string command, BenchReport? bench)
{
    /// <summary>Fills a template.</summary>
    /// <param name="template">Text with <c>{{name}}</c> where something goes.</param>
    /// <exception cref="SlimmableException">The template asks for what there is not.</exception>
    public string Fill(string template) => Placeholder().Replace(template, match => match.Groups[1].Value switch
    {
        "command" => command,
        "architecture" => results.Architecture,
        "data" => results.DataSet,
        "images" => $"{results.TestImages}",
        "seeds" => string.Join(", ", results.Seeds),
        "widths" => Widths(),
        "width-differences" => WidthDifferences(),
        "gates" => Gates(),
        "gate-differences" => GateDifferences(),
        "targets" => Targets(),
        "targets-verdict" => TargetsVerdict(),
        "oracle" => Oracle(),
        "overhead" => Overhead(),
        "overhead-clock" => OverheadByClock(),
        var name => throw new SlimmableException($"template: expected the name of something to fill in, found '{name}'"),
    });

    private string Widths() => Markdown.Table(
        ["width", "M MAdds", .. Method.OfWidths.Select(method => method.Title)],
        results.Widths.Select<WidthCost, string[]>(width =>
            [width.Name, $"{width.MAdds / 1e6:0.00}", .. Method.OfWidths.Select(method => $"{Spread.Of(results.Top1(method, width.Name))}")])
            .Append(["run it: `--only`", "", .. Method.OfWidths.Select(method => $"`{method.Name}-*`")]));

    /// <summary>Each method against widths trained alone and against the method before it.</summary>
    private string WidthDifferences()
    {
        var trained = Method.OfWidths.Skip(1).ToList();
        var pairs = trained.Select(method => (Left: method, Right: Method.Alone)).Concat(trained.Zip(trained.Skip(1), (before, after) => (Left: after, Right: before)));
        return Differences(
            "method",
            [.. results.Widths.Select(width => width.Name)],
            [
                .. pairs.Select(pair => (
                    $"{pair.Left.Title} - {pair.Right.Title}",
                    results.Widths.Select(width => Verdict.Of(results.Top1(pair.Left, width.Name), results.Top1(pair.Right, width.Name))).ToArray())),
            ]);
    }

    private string Gates() => Markdown.Table(
        ["target", "gate", "top-1", "mean cost, %", "no gate, same cost", "best width that costs no more", "oracle, same cost", "run it: `--only`"],
        from target in AblationPlan.Targets
        from method in Method.OfGates
        let gates = results.GatesOf(method, target)
        select (string[])
        [
            $"{100 * target:0} %",
            method.Title,
            Mean(gates, gate => gate.Top1),
            Mean(gates, gate => 100 * gate.MeanCost),
            Mean(gates, gate => gate.WithoutGate),
            Mean(gates, gate => gate.BestWidth),
            Mean(gates, gate => gate.Oracle),
            $"`{method.Name}-{target:0.0}-*`",
        ]);

    private string GateDifferences()
    {
        (string, Verdict[]) Row(string name, Func<double, Verdict> verdict) => (name, [.. AblationPlan.Targets.Select(verdict)]);
        Verdict Within(Method method, double target, Func<GateScore, double> left, Func<GateScore, double> right)
        {
            var gates = results.GatesOf(method, target);
            return Verdict.Of(gates.Select(left), gates.Select(right));
        }

        // Gates of one target differ a little in cost; what each gains over no gate at its own cost does not.
        static double Gain(GateScore gate) => gate.Top1 - gate.WithoutGate;
        (string, Verdict[]) Gains(Method left, Method right) => Row(
            $"{left.Title} - {right.Title}, each as gain over no gate",
            target => Verdict.Of(results.GatesOf(left, target).Select(Gain), results.GatesOf(right, target).Select(Gain)));
        return Differences(
            "at the same mean cost",
            [.. AblationPlan.Targets.Select(target => $"{100 * target:0} %")],
            [
                .. Method.OfGates.Select(method => Row($"{method.Title} - no gate", target => Within(method, target, gate => gate.Top1, gate => gate.WithoutGate))),
                Row("SGS - best width that costs no more", target => Within(Method.Sgs, target, gate => gate.Top1, gate => gate.BestWidth)),
                Gains(Method.Sgs, Method.Gumbel),
                Gains(Method.Uncertainty, Method.Sgs),
                Row("oracle - SGS", target => Within(Method.Sgs, target, gate => gate.Oracle, gate => gate.Top1)),
            ]);
    }

    private string Targets() => Markdown.Table(
        ["gate", "target", "seed", "mean cost, %", "off by", "in use", .. results.Widths.Select(width => width.Name)],
        from method in Method.OfGates
        from target in AblationPlan.Targets
        from gate in results.GatesOf(method, target)
        select (string[])
        [
            method.Title,
            $"{100 * target:0} %",
            $"{gate.Seed}",
            $"{100 * gate.MeanCost:0.00}",
            $"{100 * gate.CostError:+0.0;-0.0;0.0} %",
            $"{gate.WidthsInUse}",
            .. results.Widths.Select(width => $"{100 * gate.Shares[width.Name]:0.0}"),
        ]);

    private string TargetsVerdict()
    {
        string Line(Method method)
        {
            var gates = AblationPlan.Targets.SelectMany(target => results.GatesOf(method, target)).ToList();
            return $"- {method.Title}: off by at most {100 * gates.Max(gate => Math.Abs(gate.CostError)):0.0} % of the target; at least {gates.Min(gate => gate.WidthsInUse)} widths in use.";
        }

        return string.Join('\n', Method.OfGates.Select(Line));
    }

    private string Oracle() =>
        $"{Spread.Of(results.Oracles.Select(oracle => oracle.Top1))} % at {Spread.Of(results.Oracles.Select(oracle => 100 * oracle.MeanCost))} % of the widest's cost";

    private string Overhead() => Markdown.Table(
        ["width", "M MAdds", "with the gate", "the gate's part"],
        results.Widths.Select<WidthCost, string[]>(width =>
        [
            width.Name,
            $"{width.MAdds / 1e6:0.000}",
            $"{(width.MAdds + results.GateMAdds) / 1e6:0.000}",
            $"{100.0 * results.GateMAdds / (width.MAdds + results.GateMAdds):0.0} %",
        ]));

    private string OverheadByClock() => bench is null
        ? "Not measured in this run."
        : Markdown.Table(
            ["width", "routed, µs", "standalone, µs", "routed / standalone"],
            bench.Subnets.Select<BenchSubnet, string[]>(subnet =>
                [subnet.Name, $"{subnet.MedianUs:0.0}", $"{subnet.FullMedianUs:0.0}", $"{subnet.MedianUs / subnet.FullMedianUs:0.00}"]));

    /// <summary>A table of verdicts, and in words where there is no difference.</summary>
    private static string Differences(string what, IReadOnlyList<string> columns, IReadOnlyList<(string Name, Verdict[] Verdicts)> rows)
    {
        var table = Markdown.Table([what, .. columns], rows.Select<(string Name, Verdict[] Verdicts), string[]>(row => [row.Name, .. row.Verdicts.Select(verdict => $"{verdict}")]));
        var none = rows
            .Select(row => (row.Name, Columns: columns.Where((_, index) => !row.Verdicts[index].IsClaimed).ToList()))
            .Where(row => row.Columns.Count > 0)
            .Select(row => $"{row.Name} ({(row.Columns.Count == columns.Count ? "everywhere" : string.Join(", ", row.Columns))})")
            .ToList();
        return $"{table}\n\n{(none.Count == 0 ? "Every one of these differences is claimed." : $"No difference is claimed for: {string.Join("; ", none)}.")}";
    }

    private static string Mean(IEnumerable<GateScore> gates, Func<GateScore, double> value) => $"{Spread.Of(gates.Select(value))}";

    [GeneratedRegex(@"\{\{([a-z0-9-]+)\}\}")]
    private static partial Regex Placeholder();
}
