using System.CommandLine;
using Slimmable.Models;
using Slimmable.Runtime;

namespace Slimmable.Cli;

/// <summary><c>slimmable run BUNDLE</c>: inputs from a safetensors file in, logits and choices out.</summary>
internal static class RunCommand
{
    private const string InputTensor = "input";

    public static Command Create()
    {
        var bundle = CommonOptions.Bundle();
        var input = new Option<string>("--in") { Description = $"a safetensors file with '{InputTensor}' [N, C, H, W], preprocessed, or of bytes where the bundle preprocesses", Required = true };
        var output = CommonOptions.Output("a safetensors file for 'logits' [N, classes], 'subnet' [N] and 'gate_logits' [N, K]");
        var subnet = new Option<string?>("--subnet") { Description = "the subnet that answers; default: the gate chooses, where the bundle has one" };
        var full = new Option<bool>("--full") { Description = "run the subnet's standalone graph rather than trunk and tail; needs --subnet" };
        var (threads, json) = (CommonOptions.Threads(), CommonOptions.Json());
        var command = new Verb(
            "run",
            "Answer inputs: the gate picks a subnet for each.",
            "slimmable run fashion-bundle --in images.safetensors --out answers.safetensors",
            "slimmable run fashion-bundle --in images.safetensors --out answers.safetensors --subnet uniform-0 --full")
        {
            bundle,
            input,
            output,
            subnet,
            full,
            threads,
            json,
        };
        command.Does((parsed, cancellation) =>
        {
            var answer = Run(
                parsed.GetRequiredValue(bundle),
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output),
                parsed.GetValue(subnet),
                parsed.GetValue(full),
                parsed.GetValue(threads),
                cancellation);
            Answer.Print(parsed.GetValue(json), answer, AnswerJson.Default.RunAnswer, () => Print(answer));
        });
        return command;
    }

    private static RunAnswer Run(
        string bundle, string input, string output, string? subnet, bool full, int threads, CancellationToken cancellation)
    {
        if (full && subnet is null)
        {
            throw new SlimmableException("--full: expected a subnet with --subnet, found none");
        }

        using var model = SlimmableModel.Load(bundle, new ModelOptions { Threads = threads, LoadOnDemand = true }, cancellation);
        using var file = SafetensorsFile.Open(input);
        var result = Compute(model, file, subnet, full, cancellation);
        SafetensorsWriter.Write(output, Tensors(result));
        var taken = result.Subnets.CountBy(index => model.Subnets[index].Name).ToDictionary(pair => pair.Key, pair => pair.Value);
        return new(output, result.Count, taken, result.MeanMAdds);
    }

    private static RoutingResult Compute(SlimmableModel model, SafetensorsFile file, string? subnet, bool full, CancellationToken cancellation)
    {
        try
        {
            model.RowsIn(file.Entry(InputTensor).Shape);
            ModelInput values = model.Manifest.Input.Type == NumberType.U8 ? file.UInt8s(InputTensor) : file.Singles(InputTensor);
            return full ? model.RunStandalone(values, subnet!, cancellation) : model.Route(values, subnet, cancellation);
        }
        catch (InvalidInputException fault) when (fault.What != "subnet")
        {
            throw new InvalidFileException(file.Path, fault.Message, fault);
        }
    }

    private static IEnumerable<TensorData> Tensors(RoutingResult result)
    {
        yield return TensorData.Of("logits", result.Logits.AsSpan(), result.Count, result.Logits.Length / result.Count);
        yield return TensorData.Of("subnet", Array.ConvertAll(result.Subnets, index => (long)index).AsSpan(), result.Count);
        if (result.GateLogits.Length > 0)
        {
            yield return TensorData.Of("gate_logits", result.GateLogits.AsSpan(), result.Count, result.GateLogits.Length / result.Count);
        }
    }

    private static void Print(RunAnswer answer)
    {
        var shares = answer.Subnets.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}");
        Console.Out.WriteLine($"{answer.Output}: {answer.Images} answers, {string.Join(", ", shares)}; {Tables.Millions(answer.MeanMAdds)} M MAdds each on the average");
    }
}
