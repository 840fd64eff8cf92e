using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Slimmable.Cli.Tests;

/// <summary>The built program as a process of its own, as a user runs it.</summary>
internal static class SlimmableProgram
{
    /// <summary>Far above what anything here takes; a program that hangs is a failure, not a wait.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly string Dotnet = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static readonly string Program = typeof(SlimmableProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == nameof(SlimmableProgram)).Value!;

    /// <summary>Runs it to its end.</summary>
    public static ProgramResult Run(string folder, params IReadOnlyList<string> arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        return Finish(process, error);
    }

    /// <summary>Starts it; who does must read its standard error and call <see cref="Finish"/>.</summary>
    public static Process Start(string folder, params IReadOnlyList<string> arguments)
    {
        // A shell's background job may ignore Ctrl-C and hand that on; here it must not be ignored.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", Dotnet, Program] : [Dotnet, Program];
        return Process.Start(new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Several run at once: training threads that wait for one another shall sleep rather than spin.
            Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE" },
        })!;
    }

    /// <summary>Waits for its end.</summary>
    public static ProgramResult Finish(Process process, Task<string> error)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"slimmable did not end within {Limit}");
        }

        return new ProgramResult(process.ExitCode, output.Result, error.Result);
    }
}
