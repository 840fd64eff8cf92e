using System.ComponentModel;
using System.Diagnostics;

namespace Slimmable.Build;

/// <summary>Runs other programs.</summary>
/// <param name="folder">The folder they run in.</param>
public sealed class Shell(string folder)
{
    private volatile bool busy;

    /// <summary>Whether a program is running that shares the terminal; Ctrl-C is then that program's to answer.</summary>
    public bool Busy => busy;

    /// <summary>Whether a program of this name is on the search path.</summary>
    /// <param name="program">The name, without an extension.</param>
    public static bool Has(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder => names.Any(name => File.Exists(Path.Combine(folder, name))));
    }

    /// <summary>Runs a program on the user's terminal and returns its exit code.</summary>
    /// <exception cref="BuildException">It cannot be started.</exception>
    public int Run(string program, params IReadOnlyCollection<string> arguments)
    {
        using var process = Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
        busy = true;
        process.WaitForExit();
        busy = false;
        return process.ExitCode;
    }

    /// <summary>Runs a program quietly; returns its exit code and everything it printed.</summary>
    /// <exception cref="BuildException">It cannot be started.</exception>
    public (int ExitCode, string Output) Capture(string program, params IReadOnlyCollection<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Answers are read, so they must come in English.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["LC_ALL"] = "C";
        using var process = Start(start);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new BuildException($"'{start.FileName}' cannot be started: {error.Message}.");
        }
    }
}
