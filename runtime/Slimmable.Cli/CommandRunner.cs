using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>Runs the command line and turns every failure into one line on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public const int Failure = 1;
    public const int Misuse = 2;
    public const int Stopped = 130;

    private const string Program = "slimmable";

    private static readonly InvocationConfiguration Configuration = new()
    {
        EnableDefaultExceptionHandler = false,

        // Ctrl-C asks; what runs then writes its checkpoint, which may take a moment.
        ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
    };

    /// <summary>Runs the command that the arguments name.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        var faults = parsed.Action is ParseErrorAction ? parsed.Errors.Select(error => InOneLine(error.Message)).Distinct().ToList() : [];
        if (args.Contains(string.Empty)) // A shell's variable that is not set; no file and no name is empty.
        {
            faults.Add("An argument is empty.");
        }

        if (faults.Count > 0)
        {
            return Report($"{string.Join(' ', faults)} See '{NameOf(parsed.CommandResult)} --help'.", Misuse);
        }

        try
        {
            return await parsed.InvokeAsync(Configuration).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            return fault switch
            {
                StoppedException stopped => Report($"stopped; {stopped.Message}", Stopped),
                OperationCanceledException => Report("stopped", Stopped),
                SlimmableException => Report(fault.Message, Failure),
                DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException } =>
                    Report($"a native library is missing: {OneLine(fault.GetBaseException().Message)}", Failure),
                ExternalException or IOException or UnauthorizedAccessException or OutOfMemoryException => Report(OneLine(fault.Message), Failure),
                _ => Report($"unexpected {fault.GetType().Name}: {OneLine(fault.Message)}", Failure),
            };
        }
    }

    private static int Report(string message, int exitCode)
    {
        Console.Error.WriteLine($"{Program}: {message}");
        return exitCode;
    }

    /// <summary>What the user typed to get to a command, without the arguments.</summary>
    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : Program;

    /// <summary>A parser's complaint, whose later lines list what would have been right.</summary>
    private static string InOneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string OneLine(string message) => message.TrimStart().Split('\n', 2)[0].TrimEnd();
}
