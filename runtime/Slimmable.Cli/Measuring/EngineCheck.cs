using System.Globalization;
using Slimmable.Export;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary>
/// Runs every sound graph of a bundle in ONNX Runtime, one at a time, on the golden inputs, and compares what it answers with what the trainer did. Where there
/// are no golden samples a graph runs on zeros, and only has to run.
/// </summary>
/// <param name="folder">The bundle's folder.</param>
/// <param name="manifest">Its manifest, without findings.</param>
/// <param name="report">Which of its files are sound.</param>
/// <param name="tolerance">The largest difference that passes.</param>
internal sealed class EngineCheck(string folder, BundleManifest manifest, BundleReport report, float tolerance)
{
    private const string Compared = "golden samples";

    private GoldenTensors? golden;

    /// <summary>Runs the graphs: the gate, the one that routes, and the subnets' from cheap to dear.</summary>
    public IEnumerable<BundleCheck> Run(CancellationToken cancellation)
    {
        yield return ReadGolden();
        var input = golden?.Input ?? Samples.Zeros(manifest.Input);
        IReadOnlyDictionary<string, GraphOutput> trunk = new Dictionary<string, GraphOutput>();
        if (manifest.Gate is { } gate && report.IsSound(gate.File))
        {
            (var check, trunk) = RunGraph(gate.File, input, outputs => Compare(gate.File, outputs, manifest.GateLogits!.Name, golden!.GateLogits));
            yield return check;
        }

        if (manifest.Routed is { } routed && report.IsSound(routed))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return RunGraph(routed, input, outputs => CompareRoutes(routed, outputs)).Check;
        }

        foreach (var subnet in manifest.Subnets)
        {
            cancellation.ThrowIfCancellationRequested();
            if (subnet.Tail is { } tail && report.IsSound(tail) && trunk.TryGetValue(manifest.Features!.Name, out var features))
            {
                yield return RunGraph(tail, Samples.Of(features), outputs => CompareLogits(tail, outputs, subnet)).Check;
            }

            if (subnet.Full is { } full && report.IsSound(full))
            {
                yield return RunGraph(full, input, outputs => CompareLogits(full, outputs, subnet)).Check;
            }
        }
    }

    private BundleCheck ReadGolden()
    {
        if (manifest.Golden is not { } file)
        {
            return new(BundleFormat.ManifestFile, Compared, "the bundle has none", []);
        }

        List<Finding> findings = [];
        if (report.Checks.Where(check => check.File == file).All(check => check.Findings.Count == 0))
        {
            golden = GoldenTensors.Read(Path.Combine(folder, file), manifest, findings);
        }

        return new(file, "tensors", "inputs, and answers for every subnet", findings);
    }

    /// <summary>Loads and runs a graph.</summary>
    /// <param name="file">The graph's file.</param>
    /// <param name="input">What enters.</param>
    /// <param name="compare">Compares what leaves with the golden samples, which there are.</param>
    private (BundleCheck Check, IReadOnlyDictionary<string, GraphOutput> Outputs) RunGraph(
        string file, Samples input, Func<IReadOnlyDictionary<string, GraphOutput>, (string Detail, Finding? Finding)> compare)
    {
        IReadOnlyDictionary<string, GraphOutput> outputs = new Dictionary<string, GraphOutput>();
        var (name, detail) = ("runs", "loads and runs in ONNX Runtime");
        Finding? finding = null;
        try
        {
            using var graph = OnnxGraph.Load(Path.Combine(folder, file));
            (outputs, finding) = Answer(file, graph, input);
            if (golden is not null && finding is null)
            {
                name = Compared;
                (detail, finding) = compare(outputs);
            }
        }
        catch (InvalidFileException fault)
        {
            finding = FindingRules.EngineRefuses.At(file, fault.Reason);
        }

        return (new(file, name, detail, finding is null ? [] : [finding]), outputs);
    }

    private static (IReadOnlyDictionary<string, GraphOutput> Outputs, Finding? Finding) Answer(string file, OnnxGraph graph, Samples input)
    {
        try
        {
            return (graph.Run(input.Data, input.Shape), null);
        }
        catch (EngineException fault)
        {
            return (new Dictionary<string, GraphOutput>(), FindingRules.EngineFails.At(file, fault.Message));
        }
    }

    private (string Detail, Finding? Finding) CompareLogits(string file, IReadOnlyDictionary<string, GraphOutput> outputs, BundleSubnet subnet) =>
        Compare(file, outputs, manifest.Logits.Name, golden!.Logits[subnet.Name]);

    private (string Detail, Finding? Finding) Compare(string file, IReadOnlyDictionary<string, GraphOutput> outputs, string name, float[] expected)
    {
        var found = outputs[name].Values;
        if (found.Length != expected.Length)
        {
            return ("", FindingRules.Answers.At(file, $"output '{name}': expected {expected.Length} numbers, found {found.Length}"));
        }

        // The rounding of a sum grows with what is summed, so logits in the tens may differ by more than logits around one.
        var unit = Math.Max(1, expected.Max(MathF.Abs));
        var largest = expected.Zip(found, (left, right) => MathF.Abs(left - right) / unit).Max(difference => float.IsNaN(difference) ? float.PositiveInfinity : difference);
        var detail = string.Create(CultureInfo.InvariantCulture, $"largest difference {largest:0.0e+0} of {tolerance:0.0e+0} over {golden!.Count} inputs");
        return (detail, largest <= tolerance ? null : FindingRules.Answers.At(file, detail));
    }

    /// <summary>Every row must go where the gate's golden scores say, and answer as the subnet it went to does.</summary>
    private (string Detail, Finding? Finding) CompareRoutes(string file, IReadOnlyDictionary<string, GraphOutput> outputs)
    {
        var (places, classes) = (outputs[BundleFormat.SubnetIndex].Values, manifest.Logits.Shape[0]);
        var candidates = manifest.Gate!.Candidates.ToList();
        var expected = new float[golden!.Count * classes];
        for (var row = 0; row < golden.Count; row++)
        {
            var scores = new ArraySegment<float>(golden.GateLogits, row * candidates.Count, candidates.Count);
            var place = row < places.Length ? places[row] : -1;
            var name = place >= 0 && place < manifest.Subnets.Count ? manifest.Subnets[(int)place].Name : "none";
            var (chosen, largest) = (candidates.IndexOf(name), scores.Max());

            // Rounding may decide between scores that are as good as equal.
            if (chosen < 0 || scores[chosen] < largest - (tolerance * Math.Max(1, MathF.Abs(largest))))
            {
                var best = candidates[scores.ToList().IndexOf(largest)];
                return ("", FindingRules.Routes.At(file, $"row {row}: expected subnet '{best}', found place {place}, '{name}'"));
            }

            golden.Logits[name].AsSpan(row * classes, classes).CopyTo(expected.AsSpan(row * classes));
        }

        return Compare(file, outputs, manifest.Logits.Name, expected);
    }
}
