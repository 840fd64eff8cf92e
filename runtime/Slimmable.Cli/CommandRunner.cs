using System.CommandLine;
using System.Runtime.InteropServices;
using Slimmable.Models;

namespace Slimmable.Cli;

/// <summary>Runs the command line and turns every failure into one line on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public const int Failure = 1;
    public const int Cancelled = 130;

    /// <summary>Runs the command that the arguments name.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,

            // Ctrl-C asks; what runs then writes its checkpoint, which may take a moment.
            ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Report("stopped", Cancelled);
        }
        catch (SlimmableException fault)
        {
            return Report(fault.Message, Failure);
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            return Report($"a native library is missing: {OneLine((fault.InnerException ?? fault).Message)}", Failure);
        }
        catch (Exception fault) when (fault is ExternalException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return Report(OneLine(fault.Message), Failure);
        }
        catch (Exception fault)
        {
            return Report($"unexpected {fault.GetType().Name}: {OneLine(fault.Message)}", Failure);
        }
    }

    private static int Report(string message, int exitCode)
    {
        Console.Error.WriteLine($"slimmable: {message}");
        return exitCode;
    }

    private static string OneLine(string message) => message.Split('\n')[0].TrimEnd();
}
