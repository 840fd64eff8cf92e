using System.CommandLine;

namespace Slimmable.Cli;

/// <summary>Options and arguments that several commands have, each made in one place.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "print one JSON object on standard output and nothing else" };

    public static Option<string?> Data() => new("--data") { Description = "the folder of the data set's files; default: the usual places" };

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { Description = "threads to compute with", DefaultValueFactory = _ => Environment.ProcessorCount };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1024)
            {
                result.AddError("--threads: expected 1 to 1024");
            }
        });
        return option;
    }

    public static Option<long> Seed() => new("--seed") { Description = "where randomness starts, from 0 up", DefaultValueFactory = _ => 0 };

    public static Option<string> Output(string description) => new("--out") { Description = description, Required = true };

    public static Argument<string> Checkpoint() => new("checkpoint") { Description = "a checkpoint (.safetensors)" };

    public static Argument<string> Bundle() => new("bundle") { Description = "a bundle's folder" };

    public static Argument<string> CheckpointOrBundle() => new("model") { Description = "a checkpoint (.safetensors) or a bundle's folder" };
}
