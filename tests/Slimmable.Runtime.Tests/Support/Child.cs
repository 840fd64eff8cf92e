using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Slimmable.Export;
using Slimmable.Models;

namespace Slimmable.Runtime.Tests;

/// <summary>A process of its own for a test: this assembly, started as a program. It prints lines for the test to look at.</summary>
internal static class Child
{
    public static int Main(string[] arguments)
    {
        try
        {
            var bundle = arguments[1];
            switch (arguments[0])
            {
                case nameof(FirstModelMakesTheEnvironment):
                    FirstModelMakesTheEnvironment(bundle);
                    break;
                case nameof(HostMadeTheEnvironment):
                    HostMadeTheEnvironment(bundle);
                    break;
                case nameof(ReadAll):
                    ReadAll(bundle);
                    break;
                case nameof(TakeMemory):
                    TakeMemory(bundle);
                    break;
                default:
                    throw new ArgumentException($"no child is called '{arguments[0]}'", nameof(arguments));
            }

            return 0;
        }
        catch (SlimmableException fault)
        {
            Console.WriteLine($"{fault.GetType().Name}: {fault.Message}");
            return 1;
        }
    }

    /// <summary>Models of several thread counts, one after the other, in a process where nobody used ONNX Runtime before.</summary>
    public static void FirstModelMakesTheEnvironment(string bundle)
    {
        foreach (var threads in new[] { 2, 2, 0, 1, 3 })
        {
            Answer(bundle, threads);
        }
    }

    /// <summary>A program that has an environment of its own before it loads a model.</summary>
    public static void HostMadeTheEnvironment(string bundle)
    {
        OrtEnv.Instance();
        Answer(bundle, threads: 2);
    }

    /// <summary>Reads every file of a folder and its subfolders, and says of each whether it was read or refused.</summary>
    public static void ReadAll(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            Console.Write($"{name}: ");
            Console.WriteLine(IsRead(path) ? "read" : "refused");
        }
    }

    /// <summary>Takes as many bytes as it is told.</summary>
    public static void TakeMemory(string bytes) => Console.WriteLine($"{new byte[long.Parse(bytes, CultureInfo.InvariantCulture)].Length} taken");

    /// <summary>Runs a child.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bundle">What it is given.</param>
    /// <param name="program">The assembly to start; this one unless a test moved it.</param>
    /// <param name="home">Its home folder.</param>
    /// <param name="heapLimit">The bytes that its heap may have.</param>
    public static (int ExitCode, string[] Lines) Run(string name, string bundle, string? program = null, string? home = null, long? heapLimit = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program ?? typeof(Child).Assembly.Location, name, bundle])
        {
            RedirectStandardOutput = true,
            // The variables that would keep ONNX Runtime's telemetry silent without us.
            Environment = { ["ORT_DISABLE_TELEMETRY"] = null, ["ORT_RUNNING_UNIT_TESTS"] = null, ["CI"] = null },
        };
        if (home is not null)
        {
            start.Environment["HOME"] = home;
            start.Environment["XDG_CACHE_HOME"] = null;
        }

        if (heapLimit is { } limit)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = $"{limit:X}";
            start.RedirectStandardError = true; // What .NET says of its end.
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsRead(string path)
    {
        try
        {
            switch (Path.GetExtension(path))
            {
                case ".onnx":
                    ModelChecker.Check(path);
                    break;
                case ".safetensors":
                    using (SafetensorsFile.Open(path))
                    {
                        break;
                    }

                default:
                    ManifestFile.Read(Path.GetDirectoryName(path)!);
                    break;
            }

            return true;
        }
        catch (InvalidFileException)
        {
            return false;
        }
    }

    private static void Answer(string bundle, int threads)
    {
        using var model = SlimmableModel.Load(bundle, new ModelOptions { Threads = threads });
        var answer = model.Route(SampleNetwork.Input);
        Console.WriteLine($"{model.Threads.Source} {model.Threads.Count} {string.Join(",", answer.Subnets)}");
    }
}
