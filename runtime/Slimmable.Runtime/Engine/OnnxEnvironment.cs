using Microsoft.ML.OnnxRuntime;

namespace Slimmable.Runtime;

/// <summary>
/// ONNX Runtime's environment. The engine has one a process, whoever comes first makes it, and its shared thread pool can only be had then; that is
/// why this class, alone here, keeps state for the process.
/// </summary>
internal static class OnnxEnvironment
{
    private static readonly Lock Making = new();

    /// <summary>What the shared pool was made with; null where the host program made the environment, so that there is none we know of.</summary>
    private static int? sharedThreads;

    /// <summary>Makes the environment where there is none, and says which threads a model gets.</summary>
    /// <param name="threads">As in <see cref="ModelOptions.Threads"/>.</param>
    /// <exception cref="EngineException">The native library is missing or does not load.</exception>
    public static ThreadPlan Prepare(int threads)
    {
        lock (Making)
        {
            if (!OrtEnv.IsCreated)
            {
                Make(threads);
            }
        }

        return threads switch
        {
            1 => new(ThreadSource.Caller, 1),
            _ when sharedThreads is { } shared && (threads == 0 || threads == shared) => new(ThreadSource.Shared, shared),
            _ => new(ThreadSource.PerGraph, threads),
        };
    }

    /// <summary>The options of a session on these threads.</summary>
    /// <param name="plan">The threads.</param>
    /// <param name="mapped">
    /// Whether the graph's weights lie in a file of their own. ONNX Runtime maps that into memory and computes on it where it lies, as long as it does not pack the
    /// weights anew, which would take their size once more.
    /// </param>
    public static SessionOptions SessionOptions(ThreadPlan plan, bool mapped)
    {
        var options = new SessionOptions();
        if (mapped)
        {
            options.AddSessionConfigEntry("session.disable_prepacking", "1");
        }

        switch (plan.Source)
        {
            case ThreadSource.Shared:
                options.DisablePerSessionThreads();
                break;
            case ThreadSource.PerGraph:
                options.IntraOpNumThreads = plan.Count;
                options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
                options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
                break;
            default:
                options.IntraOpNumThreads = 1;
                break;
        }

        return options;
    }

    private static void Make(int threads)
    {
        // A model on its caller's thread needs no pool, but a later one may, and the pool can only be had now.
        var pool = threads == 1 ? 0 : threads;
        try
        {
            Telemetry.SwitchOff();
            var options = new EnvironmentCreationOptions
            {
                logId = "slimmable",
                threadOptions = new OrtThreadingOptions { GlobalIntraOpNumThreads = pool, GlobalInterOpNumThreads = 1 },
            };
            OrtEnv.CreateInstanceWithOptions(ref options).DisableTelemetryEvents();
            sharedThreads = pool;
        }
        catch (OnnxRuntimeException) when (OrtEnv.IsCreated)
        {
            // The host program made one between our look and our call.
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            var cause = fault.GetBaseException();
            throw new EngineException(
                $"ONNX Runtime's native library does not load: expected the package Microsoft.ML.OnnxRuntime or Microsoft.ML.OnnxRuntime.Gpu in the program, "
                + $"found: {EngineException.FirstLine(cause)}",
                cause);
        }
    }
}
