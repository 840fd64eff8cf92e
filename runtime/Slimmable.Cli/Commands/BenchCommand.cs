using System.CommandLine;
using Slimmable.Runtime;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary><c>slimmable bench BUNDLE</c>: what each subnet and routing cost by the clock.</summary>
internal static class BenchCommand
{
    private const int MostRoutedInputs = 2_000;
    private const int NoiseInputs = 64;

    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var threads = CommonOptions.Threads();
        var batch = CommonOptions.Number("--batch", "inputs a call", 1, 1, 4096);
        var runs = CommonOptions.Number("--runs", "timed calls of each graph", 200, 1, 1_000_000);
        var data = new Option<string?>("--data") { Description = "a data set whose test images are routed, by its name or as a .safetensors file; default: noise" };
        var json = CommonOptions.Json();
        var command = new Verb(
            "bench",
            "Time every subnet through the router and, where the bundle has it, as a standalone graph, in turn in one run.",
            "slimmable bench fashion-bundle --threads 1",
            "slimmable bench fashion-bundle --threads 1 --data fashion-mnist --json")
        {
            bundle,
            threads,
            batch,
            runs,
            data,
            json,
        };
        command.Does((parsed, cancellation) =>
        {
            var (count, rows) = (parsed.GetValue(threads), parsed.GetValue(batch));
            using var models = OperatingModels.Load(
                parsed.GetRequiredValue(bundle), new ModelOptions { Threads = count, LargestBatch = Math.Max(64, rows), LoadStandalone = true }, cancellation);
            var manifest = models.Default.Manifest;
            var inputs = parsed.GetValue(data) is { } name
                ? InputSource.Take(manifest, DataSets.LoadForModel(name, folder: null, manifest.Logits.Shape[0], manifest.Labels), MostRoutedInputs)
                : InputSource.Noise(manifest, Math.Max(NoiseInputs, rows));
            var answer = new Benchmark(models, inputs, rows, parsed.GetValue(runs)).Run(count, cancellation);
            Answer.Print(parsed.GetValue(json), answer, AnswerJson.Default.BenchAnswer, () => Print(answer));
        });
        return command;
    }

    private static void Print(BenchAnswer answer)
    {
        var widest = answer.Subnets[^1].MedianUs;
        var rows = answer.Subnets.Select<SubnetTiming, string[]>(subnet =>
        [
            subnet.Name,
            Tables.Millions(subnet.MAdds),
            Tables.Microseconds(subnet.MedianUs),
            Tables.Microseconds(subnet.P95Us),
            Tables.Ratio(subnet.MedianUs / widest),
            subnet.FullMedianUs is { } full ? Tables.Microseconds(full) : string.Empty,
            subnet.FullMedianUs is { } alone ? Tables.Ratio(subnet.MedianUs / alone) : string.Empty,
        ]);
        var routes = answer.Routed.Select<RoutedTiming, string[]>(routed =>
        [
            AccuracyTable.RoutedName(routed.TargetCost),
            Tables.Millions(routed.MeanMAdds),
            Tables.Microseconds(routed.MedianUs),
            Tables.Microseconds(routed.P95Us),
            Tables.Ratio(routed.MeanUs / widest),
            string.Empty,
            string.Empty,
        ]);
        Tables.Print(
            $"{answer.Threads} thread(s), batch {answer.Batch}, microseconds a call",
            ["subnet", "M MAdds", "median", "p95", "of widest", "standalone", "routed / standalone"],
            rows.Concat(routes));
    }
}
