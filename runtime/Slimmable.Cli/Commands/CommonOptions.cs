using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Slimmable.Cli;

/// <summary>Options and arguments that several commands have, each made in one place.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "print one JSON object on standard output and nothing else" };

    public static Option<string?> Data() => new("--data") { Description = "the folder of the data set's files; default: the usual places, and of files that a recipe names the recipe's folder" };

    public static Option<string?> DataSet() => new("--data-set") { Description = "the data set, by its name or as a .safetensors file; default: what the model was trained on" };

    public static Option<int> Threads() => Number("--threads", "threads to compute with", Environment.ProcessorCount, 1, 1024);

    public static Option<string> Output(string description) => new("--out") { Description = description, Required = true };

    public static Argument<string> Checkpoint() => new("checkpoint") { Description = "a checkpoint (.safetensors)" };

    public static Argument<string> Bundle() => new("bundle") { Description = "a bundle's folder" };

    public static Argument<string> CheckpointOrBundle() => new("model") { Description = "a checkpoint (.safetensors) or a bundle's folder" };

    /// <summary>An option whose value is a number in a closed range.</summary>
    public static Option<T> Number<T>(string name, string description, T fallback, T least, T most)
        where T : struct, INumber<T>
    {
        var option = new Option<T>(name) { Description = $"{description}, {least} to {most}", DefaultValueFactory = _ => fallback };
        option.CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a number in {least}..{most}, found '{text}'."));
            return fallback;
        };
        return option;
    }
}
