using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Slimmable.Models;

namespace Slimmable.Benchmarks;

/// <summary>One side of the comparison: a process that takes a step for every line it is sent.</summary>
internal sealed class StepProcess : IDisposable
{
    private readonly Process process;

    public StepProcess(string name, string program, IReadOnlyList<string> arguments)
    {
        Name = name;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new SlimmableException($"{program}: cannot be started: {fault.Message}", fault);
        }
    }

    public string Name { get; }

    /// <summary>Takes one step.</summary>
    public (double Seconds, IReadOnlyList<double> Losses) Step()
    {
        try
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It is gone; reading its answer says so.
        }

        using var answer = Answer();
        return (answer.RootElement.GetProperty("seconds").GetDouble(), [.. answer.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())]);
    }

    /// <summary>Ends the process and gives the largest memory it ever held, in bytes.</summary>
    public long Finish()
    {
        process.StandardInput.Close();
        using var answer = Answer();
        process.WaitForExit();
        return answer.RootElement.GetProperty("peakBytes").GetInt64();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private JsonDocument Answer() => JsonDocument.Parse(
        process.StandardOutput.ReadLine() ?? throw new SlimmableException($"{Name} ended without an answer; what it said is above"));
}
