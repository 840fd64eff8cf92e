using System.CommandLine;
using System.Globalization;
using Slimmable.Training;

namespace Slimmable.Cli;

/// <summary><c>slimmable import ds-net FILE</c>: somebody else's checkpoint as one of ours.</summary>
internal static class ImportCommand
{
    /// <summary>Made-up images that the trainer answers, so that an export can be proved without it.</summary>
    private const int GoldenImages = 2;

    private const int GoldenSeed = 0;

    public static Command Create()
    {
        string[] examples =
        [
            "slimmable import ds-net model_best.pth.tar --input 3,224,224 --out ds-mbnet.safetensors",
            "slimmable import ds-net weights.safetensors --input 3,64,64 --candidates 0,2,4,6 --name mine --out mine.safetensors",
        ];
        return new Verb("import", "Turn somebody else's checkpoint into one of ours.", examples) { DsNet(examples) };
    }

    private static Verb DsNet(string[] examples)
    {
        var file = new Argument<string>("file") { Description = "the checkpoint: safetensors, or what torch.save of PyTorch 1.6 and later wrote" };
        var input = Numbers(
            "--input",
            "channels, height and width of the images, which the tensors do not say",
            "channels, height and width such as 3,224,224",
            numbers => numbers.Length == 3 && !numbers.Contains(0));
        input.Required = true;
        var candidates = Numbers(
            "--candidates",
            "which widths the gate chooses among, by index; default: the narrowest ones, as many as it has scores",
            "whole numbers from 0 up such as 0,2,4,6",
            _ => true);
        var name = new Option<string?>("--name") { Description = "what to call the architecture; default: ds-mbnet" };
        var output = CommonOptions.Output("the checkpoint to write");
        var command = new Verb("ds-net", "Import a DS-MBNet of the DS-Net authors' code (PyTorch). Code in the file is refused, never run.", examples)
        {
            file,
            input,
            candidates,
            name,
            output,
        };
        command.Does((parsed, cancellation) =>
        {
            var shape = parsed.GetRequiredValue(input)!;
            var options = new DsNetImportOptions
            {
                Channels = shape[0],
                Height = shape[1],
                Width = shape[2],
                Candidates = parsed.GetValue(candidates) is { Length: > 0 } given ? given : null,
            };
            Run(
                parsed.GetRequiredValue(file),
                parsed.GetValue(name) is { } called ? options with { Name = called } : options,
                parsed.GetRequiredValue(output),
                cancellation);
        });
        return command;
    }

    private static void Run(string file, DsNetImportOptions options, string output, CancellationToken cancellation)
    {
        var imported = DsNetImporter.Import(file, options);
        cancellation.ThrowIfCancellationRequested();
        var graph = imported.Graph;
        using var supernet = new Supernet(graph);
        supernet.Load(imported.Weights);
        var golden = GoldenRecorder.Record(supernet, InputSource.Noise(graph, GoldenImages, GoldenSeed), GoldenImages);
        cancellation.ThrowIfCancellationRequested();
        (imported with { Golden = golden }).Write(output);
        var candidates = string.Join(", ", graph.Gate!.Candidates);
        Console.Out.WriteLine($"{output}: {graph.Name}, {graph.Subnets.Count} subnets, the gate chooses among {candidates}");
    }

    /// <summary>An option whose value is a list of whole numbers from 0 up, with commas between them.</summary>
    private static Option<int[]?> Numbers(string name, string description, string expected, Func<int[], bool> accepts) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            int[] numbers = [.. text.Split(',').Select(Number)];
            if (numbers.Contains(-1) || !accepts(numbers))
            {
                result.AddError($"{name}: expected {expected}, found '{text}'.");
            }

            return numbers;
        },
    };

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
